package zhengjian.engine;

import io.camunda.zeebe.protocol.impl.record.value.job.JobBatchRecord;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.function.Function;

/** The gRPC side of a job delivery. */
record GrpcJobClient<R>(
    ServerCallStreamObserver<R> call, boolean endless, Function<JobBatchRecord, Iterable<R>> messages)
    implements JobDelivery.Client {

  @Override
  public boolean ready() {
    // A single answer may always be sent; an endless stream waits for a slow reader.
    return !endless || call.isReady() || call.isCancelled();
  }

  @Override
  public boolean gone() {
    return call.isCancelled();
  }

  @Override
  public void jobs(final JobBatchRecord batch) {
    messages.apply(batch).forEach(call::onNext);
  }

  @Override
  public void finished() {
    call.onCompleted();
  }

  @Override
  public void failed(final Throwable failure) {
    call.onError(GrpcErrors.of(failure));
  }
}
