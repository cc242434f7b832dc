package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.IN_DOUBT;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static io.github.smsdispatch.MessageState.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.SyncEnd;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A hand-over of which nobody knows whether it was taken")
class DoubtTest {
    private final FakeProvider provider = new FakeProvider("first");
    private final VirtualEngine virtual = new VirtualEngine(provider);

    @Test
    @DisplayName("is found in the provider's log, and the message goes on as sent")
    void provenTaken() {
        provider.takeAndLoseTheAnswer();
        MessageId id = virtual.send("hello");
        virtual.settle();
        virtual.advance(Duration.ofSeconds(15));
        assertThat(virtual.path(id)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, SENT);
        assertThat(virtual.status(id).providerMessageId()).isEqualTo("first-1");
        assertThat(provider.submissions).hasSize(1);
    }

    @Test
    @DisplayName("is settled by a receipt that carries our reference, without a look-up")
    void settledByReceipt() {
        provider.takeAndLoseTheAnswer();
        MessageId id = virtual.send("hello");
        virtual.settle();
        provider.status = ReceiptState.DELIVERED;
        virtual.store.receive(
                List.of(provider.receipt(provider.submissions.get(0).reference(), "first-1")));
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(DELIVERED);
        assertThat(provider.searches).isZero();
    }

    @Test
    @DisplayName("is sent again once its absence from the log is proven, and not a moment before")
    void provenNotTaken() {
        provider.dropAndLoseTheAnswer();
        MessageId id = virtual.send("hello");
        virtual.settle();
        virtual.advance(Duration.ofMinutes(9));
        assertThat(virtual.state(id)).isEqualTo(IN_DOUBT);
        assertThat(provider.submissions).hasSize(1);
        virtual.advance(Duration.ofMinutes(2));
        virtual.advance(Duration.ofMinutes(2));
        assertThat(virtual.path(id)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, QUEUED, SUBMITTING, SENT);
        assertThat(provider.submissions).hasSize(2);
    }

    @Test
    @DisplayName(
            "again and again is handed over three times at most: an absence that was believed twice proves no more")
    void lostAgainAndAgain() {
        for (int i = 0; i < 10; i++) {
            provider.dropAndLoseTheAnswer();
        }
        MessageId id = virtual.send("hello");
        virtual.runToTheEnd();
        assertThat(virtual.state(id)).isEqualTo(UNCONFIRMED);
        assertThat(provider.submissions).hasSize(3);
        assertThat(virtual.path(id))
                .containsExactly(
                        QUEUED,
                        SUBMITTING,
                        IN_DOUBT,
                        QUEUED,
                        SUBMITTING,
                        IN_DOUBT,
                        QUEUED,
                        SUBMITTING,
                        IN_DOUBT,
                        UNCONFIRMED);
    }

    @Test
    @DisplayName("waits before it is sent again, twice as long each time, though its absence is proven")
    void growingPause() {
        var engine = new VirtualEngine(
                settings -> settings.messagePause(Duration.ofMinutes(10), Duration.ofHours(1))
                        .absenceProofs(4),
                store -> store,
                Runnable::run,
                provider);
        for (int i = 0; i < 4; i++) {
            provider.dropAndLoseTheAnswer();
        }
        MessageId id = engine.send("hello");
        engine.runToTheEnd();
        List<PastAttempt> attempts = engine.store.attempts(id);
        var pauses = new ArrayList<Duration>();
        for (int i = 1; i < attempts.size(); i++) {
            // The end of a hand-over that was proven not to be taken is the time of the proof.
            pauses.add(Duration.between(
                    attempts.get(i - 1).endedAt(), attempts.get(i).startedAt()));
        }
        assertThat(pauses).hasSize(4);
        // A fifth of each pause is by chance.
        assertThat(pauses.get(0)).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10));
        assertThat(pauses.get(1)).isBetween(Duration.ofMinutes(16), Duration.ofMinutes(20));
        assertThat(pauses.get(2)).isBetween(Duration.ofMinutes(32), Duration.ofMinutes(40));
        assertThat(pauses.get(3)).isBetween(Duration.ofMinutes(48), Duration.ofHours(1));
    }

    @Test
    @DisplayName("is not sent again if a receipt shows, before the second hand-over, that it was taken after all")
    void mistakenProof() {
        provider.takeAndLoseTheAnswer();
        MessageId id = virtual.send("hello");
        virtual.settle();
        AttemptId reference = provider.submissions.get(0).reference();
        virtual.store.finishSync(List.of(
                new SyncEnd(id, reference, Verdict.NOT_TAKEN, true, List.of(), false, Duration.ofMinutes(1), null)));
        assertThat(virtual.state(id)).isEqualTo(QUEUED);
        provider.status = ReceiptState.DELIVERED;
        virtual.store.receive(List.of(provider.receipt(reference, "first-1")));
        String log = Screen.logOf(virtual::settle);
        assertThat(virtual.state(id)).isEqualTo(DELIVERED);
        assertThat(virtual.status(id).detail()).isEqualTo("was taken, although it was missing from the log");
        assertThat(log)
                .contains("first reports on a message that counted as not taken")
                .contains("Make absence-proof of first longer, or never (1 since");
        virtual.advance(Duration.ofMinutes(5));
        assertThat(provider.submissions).hasSize(1);
    }

    @Test
    @DisplayName("is not proven absent by a single look, however late")
    void oneLookIsNoProof() {
        provider.dropAndLoseTheAnswer();
        MessageId id = virtual.send("hello");
        virtual.settle();
        virtual.advance(Duration.ofHours(2));
        assertThat(provider.searches).isEqualTo(1);
        assertThat(virtual.state(id)).isEqualTo(IN_DOUBT);
    }

    @ParameterizedTest(name = "is not proven absent by one answer after looks that were {0}")
    @MethodSource("answersThatProveNothing")
    void onlyAnswersCount(LookupAnswer answer) {
        provider.dropAndLoseTheAnswer();
        provider.scriptedSearch = Optional.of(answer);
        MessageId id = virtual.send("hello");
        virtual.settle();
        for (int minute = 0; minute < 60; minute++) {
            virtual.advance(Duration.ofMinutes(1));
        }
        int before = provider.searches;
        assertThat(before).isGreaterThanOrEqualTo(3);
        provider.scriptedSearch = Optional.empty();
        while (provider.searches == before) {
            virtual.advance(Duration.ofMinutes(1));
        }
        virtual.advance(Duration.ofMinutes(1));
        assertThat(virtual.state(id)).isEqualTo(IN_DOUBT);
        virtual.advance(Duration.ofHours(2));
        virtual.advance(Duration.ofMinutes(1));
        assertThat(provider.searches).isEqualTo(before + 2);
        assertThat(virtual.state(id)).isEqualTo(SENT);
    }

    static List<LookupAnswer> answersThatProveNothing() {
        return List.of(new LookupAnswer.Failed("500", "scripted", null), new LookupAnswer.Unclear("scripted"));
    }

    @Test
    @DisplayName("stays in doubt while the log cannot be read")
    void unreadableLog() {
        provider.dropAndLoseTheAnswer();
        provider.logReadable = false;
        MessageId id = virtual.send("hello");
        virtual.settle();
        for (int i = 0; i < 20; i++) {
            virtual.advance(Duration.ofHours(1));
        }
        assertThat(virtual.state(id)).isEqualTo(IN_DOUBT);
        assertThat(provider.searches).isGreaterThan(3);
        assertThat(provider.submissions).hasSize(1);
    }

    @Test
    @DisplayName("stays in doubt while the log settles nothing, which holds up no other look-up")
    void logThatSettlesNothing() {
        var provider = new FakeProvider("whole", oneCallFor(20));
        var virtual = new VirtualEngine(provider);
        provider.logSettlesNothing = true;
        for (int i = 0; i < 20; i++) {
            provider.dropAndLoseTheAnswer();
            virtual.send("hello " + i);
        }
        virtual.settle();
        virtual.advance(Duration.ofMinutes(5));
        assertThat(provider.searches).isGreaterThanOrEqualTo(20);
        MessageId taken = virtual.send("another");
        virtual.settle();
        provider.status = ReceiptState.DELIVERED;
        virtual.advance(Duration.ofMinutes(3));
        assertThat(virtual.state(taken)).isEqualTo(DELIVERED);
    }

    /** So that the answers are lost together: after a few calls without one, those begun behind them would not go. */
    private static ProviderTraits oneCallFor(int messages) {
        return ProviderTraits.builder()
                .absenceProof(Duration.ofMinutes(10))
                .maxBatchSize(messages)
                .build();
    }

    @Test
    @DisplayName("ends unconfirmed and is never repeated where absence proves nothing")
    void holdIsAtMostOnce() {
        var silent = new FakeProvider("silent", ProviderTraits.builder().build());
        silent.dropAndLoseTheAnswer();
        var engine = new VirtualEngine(silent);
        MessageId id = engine.send("hello");
        engine.runToTheEnd();
        assertThat(engine.state(id)).isEqualTo(UNCONFIRMED);
        assertThat(silent.submissions).hasSize(1);
        assertThat(Duration.between(engine.status(id).dueAt(), engine.clock.instant()))
                .isGreaterThanOrEqualTo(Duration.ofHours(49));
    }

    @Test
    @DisplayName("is repeated where the message's policy allows it, after several looks")
    void resendIsAtLeastOnce() {
        var silent = new FakeProvider("silent", ProviderTraits.builder().build());
        silent.dropAndLoseTheAnswer();
        silent.status = ReceiptState.DELIVERED;
        var engine = new VirtualEngine(silent);
        MessageId id = engine.engine
                .enqueue(VirtualEngine.text("hello")
                        .doubtPolicy(DoubtPolicy.RESEND)
                        .build())
                .id();
        engine.runToTheEnd();
        assertThat(engine.state(id)).isEqualTo(DELIVERED);
        assertThat(silent.submissions).hasSize(2);
        assertThat(silent.searches).isEqualTo(4);
    }

    @Test
    @DisplayName("goes by the policy of the engine that enqueued its message, unless the message says its own")
    void policyOfTheEngine() {
        var silent = new FakeProvider("silent", ProviderTraits.builder().build());
        silent.takeAndLoseTheAnswer().takeAndLoseTheAnswer().takeAndLoseTheAnswer();
        silent.logSettlesNothing = true;
        var engine = new VirtualEngine(
                settings -> settings.doubtPolicy(DoubtPolicy.RESEND), store -> store, Runnable::run, silent);
        MessageId byTheEngine = engine.send("by the engine");
        MessageId byItself = engine.engine
                .enqueue(VirtualEngine.text("by itself")
                        .doubtPolicy(DoubtPolicy.HOLD)
                        .build())
                .id();
        engine.engine.enqueueAll(Stream.of(VirtualEngine.text("of a stream").build()));
        engine.settle();
        silent.status = ReceiptState.DELIVERED;
        engine.runToTheEnd();
        assertThat(engine.path(byTheEngine)).endsWith(IN_DOUBT, QUEUED, SUBMITTING, SENT, DELIVERED);
        assertThat(engine.path(byItself)).endsWith(IN_DOUBT, UNCONFIRMED);
        // Of a stream as well.
        assertThat(silent.submissions).hasSize(5);
    }

    @ParameterizedTest(name = "is repeated {0} times at most where all answers are lost, and then held")
    @ValueSource(ints = {0, 1, 3})
    void resendIsBounded(int most) {
        var silent = new FakeProvider("silent", ProviderTraits.builder().build());
        for (int i = 0; i < 60; i++) {
            silent.takeAndLoseTheAnswer();
        }
        silent.logSettlesNothing = true;
        var engine = new VirtualEngine(
                settings -> most == 3 ? settings : settings.maxResends(most), store -> store, Runnable::run, silent);
        MessageId id = engine.engine
                .enqueue(VirtualEngine.text("hello")
                        .doubtPolicy(DoubtPolicy.RESEND)
                        .build())
                .id();
        engine.runToTheEnd();
        assertThat(silent.submissions).hasSize(1 + most);
        assertThat(engine.state(id)).isEqualTo(UNCONFIRMED);
        assertThat(engine.path(id)).endsWith(IN_DOUBT, UNCONFIRMED);
    }

    @Test
    @DisplayName("of a text of which only some parts are in the log, waits for the rest before it is delivered")
    void partsInTheLog() {
        var perPart = new FakeProvider(
                "parts", ProviderTraits.builder().receiptsPerPart(true).build());
        perPart.takeAndLoseTheAnswer();
        perPart.status = ReceiptState.DELIVERED;
        var engine = new VirtualEngine(perPart);
        MessageId id = engine.send("x".repeat(300));
        engine.settle();
        engine.advance(Duration.ofSeconds(15));
        assertThat(engine.state(id)).isEqualTo(SENT);
        engine.store.receive(List.of(perPart.receipt(perPart.submissions.get(0).reference(), "part-2")));
        engine.settle();
        assertThat(engine.state(id)).isEqualTo(DELIVERED);
    }

    @Test
    @DisplayName("never adopts the id of another message with the same text to the same number")
    void identicalMessages() {
        provider.logHasReference = false;
        MessageId sent = virtual.send("hello");
        virtual.settle();
        provider.dropAndLoseTheAnswer();
        MessageId lost = virtual.send("hello");
        virtual.settle();
        virtual.advance(Duration.ofMinutes(11));
        virtual.advance(Duration.ofMinutes(11));
        virtual.advance(Duration.ofMinutes(1));
        assertThat(virtual.status(sent).providerMessageId()).isEqualTo("first-1");
        assertThat(virtual.status(lost).providerMessageId()).isEqualTo("first-3");
        assertThat(provider.submissions).hasSize(3);
    }
}
