package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.spi.Receipt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records that the rules may see: all of them (in-memory), or those that a call concerns, locked (databases). Not
 * thread-safe.
 */
public final class Records {
    private final Map<MessageId, MessageRecord> messages = new LinkedHashMap<>();
    private final Map<AttemptId, AttemptRecord> attempts = new LinkedHashMap<>();
    private final Map<MessageId, List<AttemptRecord>> byMessage = new HashMap<>();
    private final Map<ProviderId, AttemptId> holders = new HashMap<>();

    /** Adds a message. */
    public void add(MessageRecord message) {
        messages.put(message.id(), message);
    }

    /** Adds a hand-over; those of a message come in their order. */
    public void add(AttemptRecord attempt) {
        attempts.put(attempt.id(), attempt);
        byMessage.computeIfAbsent(attempt.message(), key -> new ArrayList<>(1)).add(attempt);
    }

    /** Adds a part to a hand-over; those of a hand-over come in their order. */
    public void add(AttemptRecord attempt, Part part) {
        attempt.add(part);
        holders.put(part.id(), attempt.id());
    }

    /** Says that a hand-over holds an id, also where its other data is of no interest. */
    public void addHolder(ProviderId id, AttemptId attempt) {
        holders.put(id, attempt);
    }

    /** Forgets a message and its hand-overs. */
    public void remove(MessageId id) {
        messages.remove(id);
        List<AttemptRecord> gone = byMessage.remove(id);
        if (gone != null) {
            gone.forEach(attempt -> {
                attempts.remove(attempt.id());
                attempt.parts().forEach(part -> holders.remove(part.id()));
            });
        }
    }

    /** All messages. */
    public Collection<MessageRecord> messages() {
        return Collections.unmodifiableCollection(messages.values());
    }

    /** All hand-overs. */
    public Collection<AttemptRecord> attempts() {
        return Collections.unmodifiableCollection(attempts.values());
    }

    /** A message; null if it is not known. */
    public @Nullable MessageRecord message(MessageId id) {
        return messages.get(id);
    }

    /** A hand-over; null if it is not known. */
    public @Nullable AttemptRecord attempt(AttemptId id) {
        return attempts.get(id);
    }

    /** The hand-overs of a message in their order. */
    public List<AttemptRecord> attemptsOf(MessageId id) {
        return Collections.unmodifiableList(byMessage.getOrDefault(id, List.of()));
    }

    /**
     * Whether a provider has a message or may have it: took it, or perhaps, and has not reported all of it as not delivered.
     * All hand-overs of the message must be here.
     */
    boolean mayBeTaken(MessageId id) {
        return attemptsOf(id).stream().anyMatch(Records::mayBeTaken);
    }

    static boolean mayBeTaken(AttemptRecord attempt) {
        return switch (attempt.ending().result()) {
            case OPEN, REFUSED -> false;
            case UNKNOWN -> true;
            case ACCEPTED -> !attempt.cameToNothing();
        };
    }

    /**
     * What a message ends in that was to end in the given state: REJECTED and EXPIRED say that nobody took it, but one that
     * was taken and came to nothing is UNDELIVERED. All hand-overs of it must be here.
     */
    MessageState endOf(MessageId id, MessageState next) {
        boolean saysNobodyTookIt = next == MessageState.REJECTED || next == MessageState.EXPIRED;
        return saysNobodyTookIt && attemptsOf(id).stream().anyMatch(AttemptRecord::cameToNothing)
                ? MessageState.UNDELIVERED
                : next;
    }

    /** The latest hand-over of a message that has one; all of them must be here. */
    public AttemptRecord latestAttempt(MessageId id) {
        List<AttemptRecord> all = attemptsOf(id);
        return all.get(all.size() - 1);
    }

    /** The provider's id from the latest hand-over of a message that has one (of the first part); null: none has. */
    public @Nullable String latestProviderId(MessageId id) {
        return attemptsOf(id).stream()
                .flatMap(attempt -> attempt.providerMessageIds().stream().limit(1))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /** The hand-over that holds a provider's id; null: none does. */
    public @Nullable AttemptId holder(ProviderId id) {
        return holders.get(id);
    }

    /**
     * The hand-over that a receipt belongs to: the one with its reference, or else the one with its id. A reference
     * counts only from the account that it was given to, so that no account can report on another's messages.
     */
    public @Nullable AttemptRecord owner(Receipt receipt) {
        AttemptRecord referred = receipt.reference() == null ? null : attempts.get(receipt.reference());
        if (referred != null && referred.account().equals(receipt.account())) {
            return referred;
        }
        AttemptId holder = holders.get(new ProviderId(receipt.account(), receipt.providerMessageId()));
        return holder == null ? null : attempts.get(holder);
    }

    /** Gives a hand-over an id unless another holds it; returns whether it holds it now. */
    boolean hold(AttemptRecord attempt, ProviderId id) {
        AttemptId holder = holders.get(id);
        if (holder == null) {
            add(attempt, Part.fresh(id, attempt.parts().size() + 1));
            return true;
        }
        return holder.equals(attempt.id());
    }
}
