package zhengjian.engine;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;

/**
 * BASIC sign-in on every gRPC call. The authenticator is asked once per header; what it said is remembered for a while.
 *
 * <p>Only a salted digest of the header is kept, and it is compared in constant time. A refusal is remembered only for
 * seconds, so that a worker with a wrong password does not keep the machine busy hashing.
 */
final class BasicAuthentication implements ServerInterceptor {

  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Duration TRUSTED = Duration.ofMinutes(5);
  private static final Duration REFUSED = Duration.ofSeconds(5);
  private static final int MOST = 1_000;

  private record Verdict(byte[] digest, boolean accepted, long until) {}

  private final Authenticator authenticator;
  private final byte[] salt = SecureRandom.getSeed(16);
  private final ConcurrentHashMap<String, Verdict> verdicts = new ConcurrentHashMap<>();

  BasicAuthentication(final Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      final ServerCall<Q, R> call, final Metadata headers, final ServerCallHandler<Q, R> next) {
    if (accepted(headers.get(HEADER))) {
      return next.startCall(call, headers);
    }
    call.close(
        Status.UNAUTHENTICATED.withDescription("Expected metadata 'authorization: Basic …' of a known user"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }

  /** Forgets what the authenticator said, for instance because passwords have changed. */
  void forget() {
    verdicts.clear();
  }

  private boolean accepted(final String header) {
    final var credentials = credentials(header);
    if (credentials == null) {
      return false;
    }
    final var digest = digest(credentials);
    final var user = credentials.substring(0, credentials.indexOf(':'));
    final var known = known(user, digest);
    return known != null ? known.accepted : ask(user, credentials, digest);
  }

  private Verdict known(final String user, final byte[] digest) {
    final var known = verdicts.get(user);
    final boolean valid =
        known != null && System.nanoTime() < known.until && MessageDigest.isEqual(known.digest, digest);
    return valid ? known : null;
  }

  /** One at a time: a worker signs in with all its job types at once, and hashing is slow. */
  private synchronized boolean ask(final String user, final String credentials, final byte[] digest) {
    final var known = known(user, digest);
    if (known != null) {
      return known.accepted;
    }
    final boolean accepted = authenticator.authenticate(user, credentials.substring(user.length() + 1));
    final var verdict =
        new Verdict(digest, accepted, System.nanoTime() + (accepted ? TRUSTED : REFUSED).toNanos());
    if (verdicts.size() >= MOST) {
      verdicts.clear();
    }
    // A wrong guess must not push out what is known of the right password.
    verdicts.merge(user, verdict, (old, fresh) -> fresh.accepted || !old.accepted ? fresh : old);
    return accepted;
  }

  private static String credentials(final String header) {
    if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      final var decoded = new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
      return decoded.indexOf(':') > 0 ? decoded : null;
    } catch (final IllegalArgumentException e) {
      return null; // Not base64: nobody's credentials.
    }
  }

  private byte[] digest(final String credentials) {
    try {
      final var digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return digest.digest(credentials.getBytes(StandardCharsets.UTF_8));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
