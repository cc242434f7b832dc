package io.github.smsdispatch.memory;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Receipts that wait, and the memory of those that came before. Not thread-safe. */
final class Inbox {
    /** What makes two receipts the same. */
    private record Key(ProviderAccount account, String id, ReceiptState state, String status, @Nullable String code) {
        static Key of(Receipt receipt) {
            return new Key(
                    receipt.account(),
                    receipt.providerMessageId(),
                    receipt.state(),
                    receipt.status(),
                    receipt.errorCode());
        }
    }

    /** All that came, with the time, oldest first. */
    private final Map<Key, Instant> seen = new LinkedHashMap<>();

    private final Map<Key, Receipt> waiting = new LinkedHashMap<>();

    /** Takes a receipt; returns whether it is new. */
    boolean add(Receipt receipt, Instant now) {
        Key key = Key.of(receipt);
        boolean isNew = seen.putIfAbsent(key, now) == null;
        if (isNew) {
            waiting.put(key, receipt);
        }
        return isNew;
    }

    /** Offers what waits, oldest first, until so many were accepted; those leave the inbox. Returns how many. */
    int drain(int limit, Predicate<Receipt> apply) {
        int left = limit;
        var each = waiting.values().iterator();
        while (left > 0 && each.hasNext()) {
            if (apply.test(each.next())) {
                each.remove();
                left--;
            }
        }
        return limit - left;
    }

    /** Offers one receipt that has been added, if it still waits. */
    void drain(Receipt receipt, Predicate<Receipt> apply) {
        Key key = Key.of(receipt);
        Receipt waits = waiting.get(key);
        if (waits != null && apply.test(waits)) {
            waiting.remove(key);
        }
    }

    /** Forgets receipts that came by then, oldest first; returns how many. */
    int forget(Instant receivedUntil, int limit) {
        List<Key> old = seen.entrySet().stream()
                .takeWhile(each -> !each.getValue().isAfter(receivedUntil))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
        for (Key key : old) {
            seen.remove(key);
            waiting.remove(key);
        }
        return old.size();
    }
}
