package io.github.smsdispatch.killharness;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.store.MessageStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the history of each message: it must lead without a gap, and by allowed steps only, to the state that the message
 * has. A kill between the two would show here. Counts the doubts on the way.
 */
final class Histories {
    private static final int MOST_EXAMPLES = 10;

    private final MessageStore store;
    private final List<MessageId> broken = new ArrayList<>();
    private long brokenCount;
    private long doubted;
    private long queuedAgain;

    Histories(MessageStore store) {
        this.store = store;
    }

    void read(Iterator<Message> messages) {
        while (messages.hasNext()) {
            Message message = messages.next();
            Optional<MessageStatus> status =
                    store.findByKey(message.tenant(), String.valueOf(message.idempotencyKey()));
            status.ifPresent(this::read); // a missing one is the ledgers' matter
        }
    }

    private void read(MessageStatus status) {
        List<MessageEvent> history = store.history(status.id());
        if (!leadsTo(status.state(), history)) {
            brokenCount++;
            if (broken.size() < MOST_EXAMPLES) {
                broken.add(status.id());
            }
        }
        if (history.stream().anyMatch(event -> event.to() == MessageState.IN_DOUBT)) {
            doubted++;
        }
        if (history.stream()
                .anyMatch(event -> event.from() == MessageState.IN_DOUBT && event.to() == MessageState.QUEUED)) {
            queuedAgain++;
        }
    }

    /** Whether each event begins where the one before ended, and the last ends in this state. */
    static boolean leadsTo(MessageState end, List<MessageEvent> history) {
        MessageState state = null;
        for (MessageEvent event : history) {
            MessageState from = event.from();
            if (from != state || (from != null && from != event.to() && !from.canBecome(event.to()))) {
                return false;
            }
            state = event.to();
        }
        return state == end;
    }

    /** How many do not lead there. */
    long brokenCount() {
        return brokenCount;
    }

    /** Some of them. */
    List<MessageId> broken() {
        return List.copyOf(broken);
    }

    /** Messages that were in doubt at some time. */
    long doubted() {
        return doubted;
    }

    /** Those of them that were proven not taken, or may be repeated, and went into the queue again. */
    long queuedAgain() {
        return queuedAgain;
    }
}
