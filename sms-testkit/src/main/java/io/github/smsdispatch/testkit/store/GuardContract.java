package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.GRACE;
import static io.github.smsdispatch.testkit.store.StoreFixture.LEASE;
import static io.github.smsdispatch.testkit.store.StoreFixture.PAUSE;
import static io.github.smsdispatch.testkit.store.StoreFixture.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.Release;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class GuardContract extends StoreRules {
    /** A message in some state, with a claim of it and a hand-over, used up or void as they may be. */
    private record Subject(MessageId message, Claim claim, Attempt attempt) {}

    /** One way to write to a message. */
    @FunctionalInterface
    private interface Writer {
        void write(Subject subject);
    }

    @ParameterizedTest
    @EnumSource(MessageState.class)
    @DisplayName("no writer moves a message where the guard forbids it, and a final state never changes")
    void guarded(MessageState from) {
        for (Writer writer : writers()) {
            Subject subject = reach(from);
            assertEquals(from, state(subject.message()));
            int before = store().history(subject.message()).size();

            writer.write(subject);

            MessageState now = from;
            List<MessageEvent> history = store().history(subject.message());
            for (MessageEvent event : history.subList(before, history.size())) {
                assertEquals(now, event.from());
                assertTrue(
                        event.to() == now || now.canBecome(event.to()),
                        () -> event.from() + " must not become " + event.to());
                now = event.to();
            }
            assertEquals(now, state(subject.message()));
            // What is left must not be in the way of the next one.
            store().cancel(List.of(subject.message()));
            store().unsuppress("default", PhoneNumber.parse("+12025550123"));
        }
    }

    private List<Writer> writers() {
        var writers = new ArrayList<Writer>();
        writers.add(subject -> store().begin(
                        List.of(new AttemptStart(
                                subject.message(), subject.claim().fence(), AttemptId.create(), ALPHA)),
                        LEASE));
        for (MessageState next :
                List.of(MessageState.QUEUED, MessageState.REJECTED, MessageState.SUPPRESSED, MessageState.EXPIRED)) {
            writers.add(subject -> store().release(List.of(
                    new Release(subject.message(), subject.claim().fence(), next, null, Duration.ZERO, null))));
            writers.add(subject -> fixture()
                    .finish(
                            subject.attempt(),
                            SubmitOutcome.Refused.because(FailureReason.ACCOUNT, null, "no"),
                            next,
                            null));
        }
        writers.add(subject -> fixture().accept(subject.attempt(), "late-" + subject.message()));
        writers.add(subject -> fixture().doubt(subject.attempt()));
        for (ReceiptState reported : ReceiptState.values()) {
            writers.add(subject -> fixture().report(receipt(subject.attempt(), "new-" + subject.message(), reported)));
            writers.add(subject -> fixture().report(receipt(null, "id-" + subject.message(), reported)));
            writers.add(subject -> fixture()
                    .settle(
                            subject.attempt(),
                            Verdict.TAKEN,
                            PAUSE,
                            receipt(subject.attempt(), "new-" + subject.message(), reported)));
        }
        for (Verdict verdict : Verdict.values()) {
            writers.add(subject -> fixture().settle(subject.attempt(), verdict, PAUSE));
        }
        writers.add(subject -> store().cancel(List.of(subject.message())));
        writers.add(subject -> {
            fixture().advance(LEASE);
            store().recover(1000);
        });
        writers.add(subject -> {
            fixture().advance(Message.DEFAULT_VALIDITY.plus(GRACE));
            store().expire(GRACE, 1000);
            store().recover(1000);
            store().expire(GRACE, 1000);
            assertTrue(state(subject.message()).isFinal(), "after validity and grace every message is final");
        });
        return writers;
    }

    private Subject reach(MessageState state) {
        MessageId id = fixture()
                .put(fixture().message().dueAt(fixture().now().plusSeconds(state == MessageState.SCHEDULED ? 60 : 0)));
        if (state == MessageState.SCHEDULED) {
            fixture().advance(Duration.ofSeconds(60));
        }
        Claim claim = fixture().claim(id);
        var attempt = new Attempt(id, AttemptId.create());
        switch (state) {
            case SCHEDULED, QUEUED -> {}
            case CANCELLED -> store().cancel(List.of(id));
            case EXPIRED, REJECTED, SUPPRESSED ->
                store().release(List.of(new Release(id, claim.fence(), state, null, Duration.ZERO, null)));
            default -> {
                attempt = fixture().begin(claim, ALPHA);
                goOn(attempt, state);
            }
        }
        return new Subject(id, claim, attempt);
    }

    private void goOn(Attempt attempt, MessageState state) {
        String id = "id-" + attempt.message();
        switch (state) {
            case IN_DOUBT -> fixture().doubt(attempt);
            case SENT -> fixture().accept(attempt, id);
            case DELIVERED, UNDELIVERED -> {
                fixture().accept(attempt, id);
                fixture().report(id, ReceiptState.valueOf(state.name()));
            }
            case UNCONFIRMED -> {
                fixture().accept(attempt, id);
                fixture().advance(Message.DEFAULT_VALIDITY.plus(GRACE));
                store().expire(GRACE, 1000);
            }
            default -> {}
        }
    }
}
