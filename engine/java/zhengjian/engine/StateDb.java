package zhengjian.engine;

import io.camunda.zeebe.db.ColumnFamily;
import io.camunda.zeebe.db.DbKey;
import io.camunda.zeebe.db.DbValue;
import io.camunda.zeebe.db.TransactionContext;
import io.camunda.zeebe.db.ZeebeDb;
import io.camunda.zeebe.protocol.ZbColumnFamilies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The engine's state in memory: one sorted map of bytes per column family.
 *
 * <p>The state is never written to disk by itself, because replaying the log rebuilds it. Iterating costs O(log n) a
 * step, so that a state with many waiting instances does not slow the engine down. Commits take the write lock, so that
 * the engine's background checkers (message expiry, timers) never see half a transaction.
 */
final class StateDb implements ZeebeDb<ZbColumnFamilies> {

  static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

  final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final TreeMap<byte[], byte[]>[] committed;

  @SuppressWarnings({"unchecked", "rawtypes"})
  StateDb() {
    committed = new TreeMap[ZbColumnFamilies.values().length];
    Arrays.setAll(committed, ignored -> new TreeMap<>(ORDER));
  }

  TreeMap<byte[], byte[]> committed(final int columnFamily) {
    return committed[columnFamily];
  }

  int columnFamilies() {
    return committed.length;
  }

  @Override
  public <K extends DbKey, V extends DbValue> ColumnFamily<K, V> createColumnFamily(
      final ZbColumnFamilies family, final TransactionContext context, final K key, final V value) {
    return new StateColumnFamily<>(family, (StateTransaction) context, key, value);
  }

  @Override
  public TransactionContext createContext() {
    return new StateTransaction(this);
  }

  @Override
  public boolean isEmpty(final ZbColumnFamilies family, final TransactionContext context) {
    return ((StateTransaction) context).first(family.ordinal(), new byte[0]) == null;
  }

  @Override
  public void createSnapshot(final File directory) {
    throw new UnsupportedOperationException("the state is rebuilt from the log");
  }

  @Override
  public Optional<String> getProperty(final String name) {
    return Optional.empty();
  }

  @Override
  public MeterRegistry getMeterRegistry() {
    return meters;
  }

  @Override
  public void close() {
    for (final var family : committed) {
      family.clear();
    }
  }
}
