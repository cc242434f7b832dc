package io.github.smsdispatch.memory;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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

    private final Set<Key> seen = new HashSet<>();
    private final Map<Key, Receipt> waiting = new LinkedHashMap<>();

    /** Takes a receipt; returns whether it is new. */
    boolean add(Receipt receipt) {
        Key key = Key.of(receipt);
        boolean isNew = seen.add(key);
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
}
