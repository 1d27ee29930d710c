package zhengjian.engine;

/** The engine refused a command, in its own words. */
final class Rejection extends RuntimeException {

  private final transient Reply reply;

  Rejection(final Reply reply) {
    super("Command '%s' rejected with code '%s': %s".formatted(reply.intent(), reply.rejection(), reply.reason()));
    this.reply = reply;
  }

  Reply reply() {
    return reply;
  }
}
