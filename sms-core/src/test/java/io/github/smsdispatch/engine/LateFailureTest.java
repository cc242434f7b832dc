package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static io.github.smsdispatch.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.PastAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A message that was taken and not delivered")
class LateFailureTest {
    private final FakeProvider first = new FakeProvider("first");
    private final FakeProvider second = new FakeProvider("second");

    private VirtualEngine engine(int lateRetries) {
        return new VirtualEngine(
                settings -> settings.lateRetries(lateRetries), store -> store, Runnable::run, first, second);
    }

    private static Receipt failure(FakeProvider provider, int submission, FailureReason reason) {
        return new Receipt(
                provider.account,
                provider.account.provider() + "-" + submission,
                provider.submissions.get(submission - 1).reference(),
                ReceiptState.UNDELIVERED,
                "failed",
                "code",
                reason,
                null);
    }

    private static void report(VirtualEngine engine, Receipt receipt) {
        engine.store.receive(List.of(receipt));
        engine.settle();
    }

    private static void awaitHandOver(VirtualEngine engine, MessageId id, int number) {
        while (engine.store.attempts(id).size() < number) {
            assertThat(engine.state(id).isFinal()).isFalse();
            engine.advance(Duration.ofSeconds(30));
        }
    }

    @Test
    @DisplayName("is undelivered at once, unless the engine is told to hand it over again")
    void offByDefault() {
        var engine = new VirtualEngine(first, second);
        MessageId id = engine.send("hello");
        engine.settle();

        report(engine, failure(first, 1, FailureReason.UNAVAILABLE));

        assertThat(engine.path(id)).containsExactly(QUEUED, SUBMITTING, SENT, UNDELIVERED);
        engine.advance(Duration.ofHours(2));
        assertThat(second.submissions).isEmpty();
    }

    @Test
    @DisplayName("goes elsewhere after a pause, and every step is in its history")
    void elsewhere() {
        VirtualEngine engine = engine(2);
        MessageId id = engine.send("hello");
        engine.settle();

        report(engine, failure(first, 1, FailureReason.UNAVAILABLE));
        assertThat(engine.state(id)).isEqualTo(QUEUED);
        engine.advance(Duration.ofSeconds(59));
        assertThat(second.submissions).isEmpty();
        engine.advance(Duration.ofSeconds(1));
        assertThat(second.submissions).hasSize(1);
        second.status = ReceiptState.DELIVERED;
        report(engine, second.receipt(second.submissions.get(0).reference(), "second-1"));

        assertThat(engine.path(id)).containsExactly(QUEUED, SUBMITTING, SENT, QUEUED, SUBMITTING, SENT, DELIVERED);
        assertThat(engine.status(id).account()).isEqualTo(second.account);
        assertThat(first.submissions).hasSize(1);
    }

    @Test
    @DisplayName("goes to the same account again where there is no other")
    void sameAgain() {
        var engine = new VirtualEngine(settings -> settings.lateRetries(1), store -> store, Runnable::run, first);
        MessageId id = engine.send("hello");
        engine.settle();

        report(engine, failure(first, 1, FailureReason.RECIPIENT_BUSY));
        engine.advance(Duration.ofMinutes(2));

        assertThat(first.submissions).hasSize(2);
        assertThat(engine.state(id)).isEqualTo(SENT);
        report(engine, failure(first, 2, FailureReason.RECIPIENT_BUSY));
        assertThat(engine.state(id)).isEqualTo(UNDELIVERED);
        assertThat(engine.status(id).reason()).isEqualTo(FailureReason.RECIPIENT_BUSY);
    }

    @Test
    @DisplayName("also where nobody pushes receipts and a look-up tells it")
    void byLookup() {
        VirtualEngine engine = engine(1);
        MessageId id = engine.send("hello");
        engine.settle();
        first.scriptedStatus =
                Optional.of(new LookupAnswer.Found(List.of(failure(first, 1, FailureReason.UNAVAILABLE))));
        second.status = ReceiptState.DELIVERED;

        engine.runToTheEnd();

        assertThat(engine.path(id)).containsExactly(QUEUED, SUBMITTING, SENT, QUEUED, SUBMITTING, SENT, DELIVERED);
    }

    @Test
    @DisplayName(
            "is tried a bounded number of times, after pauses that double, and always at the account that failed least")
    void bounded() {
        VirtualEngine engine = engine(4);
        MessageId id = engine.send("hello");
        var failedAt = new ArrayList<Instant>();
        engine.settle();
        for (int i = 1; i <= 5; i++) {
            awaitHandOver(engine, id, i);
            FakeProvider latest = i % 2 == 1 ? first : second;
            failedAt.add(engine.clock.instant());
            report(engine, failure(latest, (i + 1) / 2, FailureReason.UNAVAILABLE));
        }

        assertThat(engine.state(id)).isEqualTo(UNDELIVERED);
        List<PastAttempt> attempts = engine.store.attempts(id);
        assertThat(attempts).hasSize(5);
        var pauses = new ArrayList<Duration>();
        for (int i = 1; i < attempts.size(); i++) {
            pauses.add(Duration.between(failedAt.get(i - 1), attempts.get(i).startedAt()));
        }
        assertThat(pauses)
                .containsExactly(
                        Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(4), Duration.ofMinutes(8));
    }

    @Test
    @DisplayName("is not tried again when too little of its validity is left for the pause")
    void withinTheValidity() {
        VirtualEngine engine = engine(3);
        MessageId id = engine.engine
                .enqueue(VirtualEngine.text("hello")
                        .validity(Duration.ofMinutes(10))
                        .build())
                .id();
        engine.settle();
        engine.advance(Duration.ofMinutes(9).plusSeconds(30));

        report(engine, failure(first, 1, FailureReason.UNAVAILABLE));

        assertThat(engine.state(id)).isEqualTo(UNDELIVERED);
    }

    @Test
    @DisplayName("is handed over with what is left of its validity, and not with all of it")
    void remainingValidity() {
        VirtualEngine engine = engine(1);
        engine.send("hello");
        engine.settle();
        engine.advance(Duration.ofHours(40));

        report(engine, failure(first, 1, FailureReason.UNAVAILABLE));
        engine.advance(Duration.ofMinutes(1));

        assertThat(second.submissions.get(0).validity())
                .isEqualTo(Duration.ofHours(8).minusMinutes(1));
    }

    @Test
    @DisplayName("is told as a setting that cannot be: less than none")
    void negative() {
        assertThatThrownBy(() -> DispatchEngine.builder(engine(0).store).lateRetries(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lateRetries must be at least 0, but is -1");
    }
}
