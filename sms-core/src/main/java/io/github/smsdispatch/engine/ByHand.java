package io.github.smsdispatch.engine;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.SyncEnd;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import java.time.Duration;
import java.util.List;

/** What an operator knows of a hand-over in doubt: counts as a look-up does, and its history says who said so. */
final class ByHand {
    private final MessageStore store;
    private final Announcer announcer;

    ByHand(MessageStore store, Announcer announcer) {
        this.store = store;
        this.announcer = announcer;
    }

    boolean taken(MessageId message, List<String> providerMessageIds) {
        if (providerMessageIds.isEmpty()) {
            throw new IllegalArgumentException("what was taken has an id of the provider's, by which it is followed");
        }
        return settle(message, Verdict.TAKEN, providerMessageIds, "taken, as an operator says");
    }

    boolean notTaken(MessageId message) {
        return settle(message, Verdict.NOT_TAKEN, List.of(), "not taken, as an operator says");
    }

    private boolean settle(MessageId message, Verdict verdict, List<String> ids, String detail) {
        MessageState state = store.find(message).map(MessageStatus::state).orElse(null);
        List<PastAttempt> attempts = store.attempts(message);
        if (state != MessageState.IN_DOUBT || attempts.isEmpty()) {
            return false;
        }
        PastAttempt latest = attempts.get(attempts.size() - 1);
        if (!store.knownIds(latest.account(), ids).isEmpty()) {
            return false;
        }
        List<Receipt> receipts = ids.stream()
                .map(id -> new Receipt(latest.account(), id, latest.id(), ReceiptState.ENROUTE, "by hand", null, null))
                .toList();
        var changes = store.finishSync(
                List.of(new SyncEnd(message, latest.id(), verdict, true, receipts, true, Duration.ZERO, detail)));
        announcer.tell(changes);
        return changes.stream().anyMatch(change -> change.message().equals(message));
    }
}
