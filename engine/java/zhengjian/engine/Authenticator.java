package zhengjian.engine;

/** Says whether a user name and a password belong together. May be slow: passwords are hashed to be slow. */
@FunctionalInterface
public interface Authenticator {
  boolean authenticate(String username, String password);
}
