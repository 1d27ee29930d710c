package zhengjian.engine;

import io.camunda.zeebe.db.TransactionContext;
import io.camunda.zeebe.db.TransactionOperation;
import io.camunda.zeebe.db.ZeebeDbTransaction;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thread's view on the state: the committed maps with this transaction's changes laid over them.
 *
 * <p>A deleted key is kept in the overlay as {@link #DELETED}. Context and transaction are one object, because the
 * engine never has more than one transaction open per context.
 */
final class StateTransaction implements TransactionContext, ZeebeDbTransaction {

  private static final byte[] DELETED = new byte[0];

  private final StateDb db;
  private final TreeMap<byte[], byte[]>[] changes;
  private boolean open;

  @SuppressWarnings({"unchecked", "rawtypes"})
  StateTransaction(final StateDb db) {
    this.db = db;
    changes = new TreeMap[db.columnFamilies()];
  }

  byte[] get(final int family, final byte[] key) {
    final var changed = changes[family] == null ? null : changes[family].get(key);
    if (changed != null) {
      return changed == DELETED ? null : changed;
    }
    return db.committed(family).get(key);
  }

  void put(final int family, final byte[] key, final byte[] value) {
    overlay(family).put(key, value);
  }

  void delete(final int family, final byte[] key) {
    overlay(family).put(key, DELETED);
  }

  /** The entry with the lowest key that is at or above the given one, or null. */
  Map.Entry<byte[], byte[]> first(final int family, final byte[] key) {
    final var overlay = changes[family];
    return visible(
        family, db.committed(family).ceilingEntry(key), overlay == null ? null : overlay.ceilingEntry(key));
  }

  /** The entry with the lowest key above the given one, or null. */
  Map.Entry<byte[], byte[]> next(final int family, final byte[] key) {
    final var overlay = changes[family];
    return visible(family, db.committed(family).higherEntry(key), overlay == null ? null : overlay.higherEntry(key));
  }

  private Map.Entry<byte[], byte[]> visible(
      final int family, final Map.Entry<byte[], byte[]> first, final Map.Entry<byte[], byte[]> changed) {
    var below = first;
    var above = changed;
    while (true) {
      if (above == null) {
        return below;
      }
      final int order = below == null ? 1 : StateDb.ORDER.compare(below.getKey(), above.getKey());
      if (order < 0) {
        return below;
      }
      if (above.getValue() != DELETED) {
        return above;
      }
      if (order == 0) {
        below = db.committed(family).higherEntry(above.getKey());
      }
      above = changes[family].higherEntry(above.getKey());
    }
  }

  private TreeMap<byte[], byte[]> overlay(final int family) {
    if (changes[family] == null) {
      changes[family] = new TreeMap<>(StateDb.ORDER);
    }
    return changes[family];
  }

  @Override
  public void runInTransaction(final TransactionOperation operations) {
    try {
      if (open) {
        operations.run();
      } else {
        runAlone(operations);
      }
    } catch (final RuntimeException e) {
      throw e;
    } catch (final Exception e) {
      throw new IllegalStateException("the state could not be read or changed", e);
    }
  }

  private void runAlone(final TransactionOperation operations) throws Exception {
    // The read lock keeps a commit of the processing thread out while a background checker reads.
    db.lock.readLock().lock();
    open = true;
    try {
      operations.run();
    } catch (final Exception e) {
      rollback();
      throw e;
    } finally {
      db.lock.readLock().unlock();
    }
    if (open) {
      commit();
    }
  }

  @Override
  public ZeebeDbTransaction getCurrentTransaction() {
    if (!open) {
      rollback();
      open = true;
    }
    return this;
  }

  @Override
  public void run(final TransactionOperation operations) throws Exception {
    operations.run();
  }

  @Override
  public void commit() {
    open = false;
    if (!changed()) {
      return;
    }
    db.lock.writeLock().lock();
    try {
      for (int family = 0; family < changes.length; family++) {
        if (changes[family] != null) {
          apply(family);
        }
      }
    } finally {
      db.lock.writeLock().unlock();
    }
  }

  private boolean changed() {
    for (final var overlay : changes) {
      if (overlay != null && !overlay.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void apply(final int family) {
    final var committed = db.committed(family);
    for (final var change : changes[family].entrySet()) {
      if (change.getValue() == DELETED) {
        committed.remove(change.getKey());
      } else {
        committed.put(change.getKey(), change.getValue());
      }
    }
    changes[family].clear();
  }

  @Override
  public void rollback() {
    open = false;
    for (final var overlay : changes) {
      if (overlay != null) {
        overlay.clear();
      }
    }
  }
}
