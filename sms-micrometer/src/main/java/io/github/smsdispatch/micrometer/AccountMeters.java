package io.github.smsdispatch.micrometer;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.engine.HandOverCall;
import io.github.smsdispatch.engine.LookupCall;
import io.github.smsdispatch.engine.ReceiptsHeard;
import io.github.smsdispatch.spi.FailureReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What is counted of one account. All of it is registered at once, so that what never happened reads zero. */
final class AccountMeters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer handOvers;
    private final Counter accepted;
    private final Counter unknown;
    private final Map<FailureReason, Counter> refused = new EnumMap<>(FailureReason.class);
    private final Counter failovers;
    private final Counter repeats;
    private final Map<String, Counter> throttles;
    private final Counter doubts;
    private final Map<Settled, Counter> settled = new EnumMap<>(Settled.class);
    private final Map<LookupCall.Kind, Lookups> lookups = new EnumMap<>(LookupCall.Kind.class);
    private final Map<ReceiptsHeard.Source, Counter> receipts = new EnumMap<>(ReceiptsHeard.Source.class);
    private final Counter repeatedReceipts;

    /** What became of a doubt. */
    private enum Settled {
        TAKEN,
        AGAIN,
        NEVER_KNOWN;

        static Settled by(MessageState state) {
            return switch (state) {
                case SENT, DELIVERED, UNDELIVERED -> TAKEN;
                case UNCONFIRMED -> NEVER_KNOWN;
                default -> AGAIN;
            };
        }
    }

    private record Lookups(Timer calls, Counter found, Counter absent, Counter unclear, Counter failed) {}

    AccountMeters(String account, MeterRegistry registry, Tags common) {
        this.registry = registry;
        this.tags = common.and("account", account);
        handOvers = timer("sms.handover", "Calls that hand messages over", tags);
        accepted = outcome("accepted", Names.NONE);
        unknown = outcome("unknown", Names.NONE);
        for (FailureReason reason : FailureReason.values()) {
            refused.put(reason, outcome("refused", Names.of(reason)));
        }
        failovers = counter("sms.failovers", "Hand-overs of what another account has just refused", tags);
        repeats = counter("sms.repeats", "Hand-overs of what may be with its recipient already", tags);
        throttles = Map.of("handover", throttle("handover"), "lookup", throttle("lookup"));
        doubts = counter("sms.doubts", "Hand-overs of which nobody knows whether they were taken", tags);
        for (Settled how : Settled.values()) {
            settled.put(
                    how, counter("sms.doubts.settled", "Doubts that are none any more", tags.and("as", Names.of(how))));
        }
        for (LookupCall.Kind kind : LookupCall.Kind.values()) {
            Tags ofKind = tags.and("kind", Names.of(kind));
            lookups.put(
                    kind,
                    new Lookups(
                            timer("sms.lookup", "Calls that ask what became of messages", ofKind),
                            answer(ofKind, "found"),
                            answer(ofKind, "absent"),
                            answer(ofKind, "unclear"),
                            answer(ofKind, "failed")));
        }
        for (ReceiptsHeard.Source source : ReceiptsHeard.Source.values()) {
            receipts.put(
                    source, counter("sms.receipts", "Receipts that came in", tags.and("source", Names.of(source))));
        }
        repeatedReceipts = counter("sms.receipts.repeated", "Receipts that had come before", tags);
    }

    private Timer timer(String name, String description, Tags all) {
        return Timer.builder(name).description(description).tags(all).register(registry);
    }

    private Counter counter(String name, String description, Tags all) {
        return Counter.builder(name).description(description).tags(all).register(registry);
    }

    private Counter outcome(String outcome, String reason) {
        return counter(
                "sms.handover.messages",
                "Messages in calls that hand over",
                tags.and("outcome", outcome, "reason", reason));
    }

    private Counter throttle(String call) {
        return counter("sms.throttles", "Answers that want us to slow down", tags.and("call", call));
    }

    private Counter answer(Tags ofKind, String answer) {
        return counter("sms.lookup.messages", "Messages in calls that ask", ofKind.and("answer", answer));
    }

    void handedOver(HandOverCall call) {
        handOvers.record(call.took());
        accepted.increment(call.accepted());
        unknown.increment(call.unknown());
        failovers.increment(call.failovers());
        repeats.increment(call.repeats());
    }

    void refused(FailureReason reason, int messages) {
        of(refused, reason).increment(messages);
    }

    void throttled(String call, int times) {
        of(throttles, call).increment(times);
    }

    void lookedUp(LookupCall call) {
        Lookups ofKind = of(lookups, call.kind());
        ofKind.calls().record(call.took());
        ofKind.found().increment(call.found());
        ofKind.absent().increment(call.absent());
        ofKind.unclear().increment(call.unclear());
        ofKind.failed().increment(call.failed());
    }

    void doubtOpened() {
        doubts.increment();
    }

    void doubtSettled(MessageState to) {
        of(settled, Settled.by(to)).increment();
    }

    void received(ReceiptsHeard heard) {
        of(receipts, heard.source()).increment(heard.receipts());
        repeatedReceipts.increment(heard.repeated());
    }

    /** There is one for each. */
    private static <K, V> V of(Map<K, V> all, K key) {
        return Objects.requireNonNull(all.get(key));
    }
}
