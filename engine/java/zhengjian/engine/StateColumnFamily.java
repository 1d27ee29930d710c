package zhengjian.engine;

import io.camunda.zeebe.db.ColumnFamily;
import io.camunda.zeebe.db.DbKey;
import io.camunda.zeebe.db.DbValue;
import io.camunda.zeebe.db.KeyValuePairVisitor;
import io.camunda.zeebe.db.ZeebeDbInconsistentException;
import io.camunda.zeebe.protocol.ColumnFamilyScope;
import io.camunda.zeebe.protocol.ZbColumnFamilies;
import io.camunda.zeebe.util.buffer.BufferWriter;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The engine's typed access to one column family of {@link StateDb}.
 *
 * <p>As the engine expects, reading reuses the one key and the one value object it was created with. A visitor may
 * change the state while it iterates: the iteration goes from key to key and sees what lies ahead as it is then.
 */
final class StateColumnFamily<K extends DbKey, V extends DbValue> implements ColumnFamily<K, V> {

  private static final byte[] NOTHING = new byte[0];

  private final ZbColumnFamilies family;
  private final int ordinal;
  private final StateTransaction transaction;
  private final K keyInstance;
  private final V valueInstance;

  StateColumnFamily(
      final ZbColumnFamilies family, final StateTransaction transaction, final K keyInstance, final V valueInstance) {
    this.family = family;
    this.ordinal = family.ordinal();
    this.transaction = transaction;
    this.keyInstance = keyInstance;
    this.valueInstance = valueInstance;
  }

  private static byte[] bytes(final BufferWriter writer) {
    final var bytes = new byte[writer.getLength()];
    writer.write(new UnsafeBuffer(bytes), 0);
    return bytes;
  }

  private byte[] read(final DbKey key) {
    final var found = new byte[1][];
    transaction.runInTransaction(() -> found[0] = transaction.get(ordinal, bytes(key)));
    return found[0];
  }

  private void write(final K key, final V value, final Boolean mustExist) {
    final var keyBytes = bytes(key);
    transaction.runInTransaction(
        () -> {
          if (mustExist != null && mustExist != (transaction.get(ordinal, keyBytes) != null)) {
            throw inconsistent(key, mustExist);
          }
          transaction.put(ordinal, keyBytes, bytes(value));
        });
  }

  private ZeebeDbInconsistentException inconsistent(final K key, final boolean mustExist) {
    return new ZeebeDbInconsistentException(
        "Key " + key + " in column family " + family + (mustExist ? " does not exist" : " already exists"));
  }

  @Override
  public void insert(final K key, final V value) {
    write(key, value, false);
  }

  @Override
  public void update(final K key, final V value) {
    write(key, value, true);
  }

  @Override
  public void upsert(final K key, final V value) {
    write(key, value, null);
  }

  @Override
  public V get(final K key) {
    return get(key, () -> valueInstance);
  }

  @Override
  public V get(final K key, final Supplier<V> target) {
    final var found = read(key);
    if (found == null) {
      return null;
    }
    final var value = target.get();
    value.wrap(new UnsafeBuffer(found), 0, found.length);
    return value;
  }

  @Override
  public boolean exists(final K key) {
    return read(key) != null;
  }

  @Override
  public void deleteExisting(final K key) {
    final var keyBytes = bytes(key);
    transaction.runInTransaction(
        () -> {
          if (transaction.get(ordinal, keyBytes) == null) {
            throw inconsistent(key, true);
          }
          transaction.delete(ordinal, keyBytes);
        });
  }

  @Override
  public void deleteIfExists(final K key) {
    final var keyBytes = bytes(key);
    transaction.runInTransaction(() -> transaction.delete(ordinal, keyBytes));
  }

  private void iterate(final byte[] prefix, final byte[] start, final KeyValuePairVisitor<K, V> visitor) {
    transaction.runInTransaction(
        () -> {
          var entry = transaction.first(ordinal, start);
          while (entry != null && startsWith(entry.getKey(), prefix) && visit(entry, visitor)) {
            entry = transaction.next(ordinal, entry.getKey());
          }
        });
  }

  private boolean visit(final java.util.Map.Entry<byte[], byte[]> entry, final KeyValuePairVisitor<K, V> visitor) {
    keyInstance.wrap(new UnsafeBuffer(entry.getKey()), 0, entry.getKey().length);
    valueInstance.wrap(new UnsafeBuffer(entry.getValue()), 0, entry.getValue().length);
    return visitor.visit(keyInstance, valueInstance);
  }

  private static boolean startsWith(final byte[] key, final byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public void forEach(final Consumer<V> consumer) {
    forEach((key, value) -> consumer.accept(value));
  }

  @Override
  public void forEach(final BiConsumer<K, V> consumer) {
    iterate(NOTHING, NOTHING, always(consumer));
  }

  @Override
  public void whileTrue(final K start, final KeyValuePairVisitor<K, V> visitor) {
    iterate(NOTHING, start == null ? NOTHING : bytes(start), visitor);
  }

  @Override
  public void whileTrue(final KeyValuePairVisitor<K, V> visitor) {
    iterate(NOTHING, NOTHING, visitor);
  }

  @Override
  public void whileEqualPrefix(final DbKey prefix, final BiConsumer<K, V> visitor) {
    whileEqualPrefix(prefix, always(visitor));
  }

  @Override
  public void whileEqualPrefix(final DbKey prefix, final KeyValuePairVisitor<K, V> visitor) {
    final var bytes = bytes(prefix);
    iterate(bytes, bytes, visitor);
  }

  @Override
  public void whileEqualPrefix(final DbKey prefix, final K start, final KeyValuePairVisitor<K, V> visitor) {
    final var bytes = bytes(prefix);
    iterate(bytes, start == null ? bytes : bytes(start), visitor);
  }

  private KeyValuePairVisitor<K, V> always(final BiConsumer<K, V> consumer) {
    return (key, value) -> {
      consumer.accept(key, value);
      return true;
    };
  }

  @Override
  public boolean isEmpty() {
    final var empty = new boolean[] {true};
    transaction.runInTransaction(() -> empty[0] = transaction.first(ordinal, NOTHING) == null);
    return empty[0];
  }

  @Override
  public long count() {
    return count(NOTHING);
  }

  @Override
  public long countEqualPrefix(final DbKey prefix) {
    return count(bytes(prefix));
  }

  private long count(final byte[] prefix) {
    final var count = new long[1];
    transaction.runInTransaction(
        () -> {
          var entry = transaction.first(ordinal, prefix);
          while (entry != null && startsWith(entry.getKey(), prefix)) {
            count[0]++;
            entry = transaction.next(ordinal, entry.getKey());
          }
        });
    return count[0];
  }

  @Override
  public ColumnFamilyScope partitionScope() {
    return family.partitionScope();
  }
}
