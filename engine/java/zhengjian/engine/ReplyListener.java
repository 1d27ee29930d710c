package zhengjian.engine;

/** Takes the answers of {@link EngineHost#submitLater}. */
public interface ReplyListener {
  void answered(long ticket, byte[] answer);
}
