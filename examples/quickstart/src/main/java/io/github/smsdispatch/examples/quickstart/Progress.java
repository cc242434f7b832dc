package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateCount;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far the job is.
 *
 * @param counts all messages by state and account
 * @param carriers the accounts in the order of the command line
 * @param perSecond messages that providers took in the last seconds, per second
 * @param elapsed real time since the start
 * @param clock the time by which messages are due
 */
record Progress(List<StateCount> counts, List<Carrier> carriers, double perSecond, Duration elapsed, Instant clock) {
    /** States in which a provider has the message, or had it. */
    static final Set<MessageState> TAKEN =
            EnumSet.of(MessageState.SENT, MessageState.DELIVERED, MessageState.UNDELIVERED);

    /** How an account is doing. */
    enum Mood {
        /** All is well. */
        WELL,
        /** It slows us down or answers with errors now and then. */
        STRAINED,
        /** It is not there. */
        DOWN
    }

    /**
     * An account.
     *
     * @param doing a few words on what it does right now
     */
    record Carrier(ProviderAccount account, Mood mood, String doing) {}

    Progress {
        counts = List.copyOf(counts);
        carriers = List.copyOf(carriers);
    }

    Map<MessageState, Long> byState() {
        var byState = new EnumMap<MessageState, Long>(MessageState.class);
        counts.forEach(count -> byState.merge(count.state(), count.messages(), Long::sum));
        return byState;
    }

    long messages() {
        return counts.stream().mapToLong(StateCount::messages).sum();
    }

    long messages(MessageState state) {
        return byState().getOrDefault(state, 0L);
    }

    /** Messages whose latest hand-over went there. */
    long messages(ProviderAccount account) {
        return counts.stream()
                .filter(count -> account.equals(count.account()))
                .mapToLong(StateCount::messages)
                .sum();
    }

    /** Messages that a provider took. */
    long taken() {
        return counts.stream()
                .filter(count -> TAKEN.contains(count.state()))
                .mapToLong(StateCount::messages)
                .sum();
    }

    /** Segments of the messages that were handed over. */
    long segments() {
        return counts.stream()
                .filter(count -> count.account() != null)
                .mapToLong(StateCount::segments)
                .sum();
    }

    long finished() {
        return counts.stream()
                .filter(count -> count.state().isFinal())
                .mapToLong(StateCount::messages)
                .sum();
    }

    /** Messages that are due and not final. */
    long underway() {
        return messages() - finished() - messages(MessageState.SCHEDULED);
    }
}
