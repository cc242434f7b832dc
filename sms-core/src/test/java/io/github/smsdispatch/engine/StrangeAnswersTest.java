package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.IN_DOUBT;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static io.github.smsdispatch.MessageState.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A provider that says what nobody understands")
class StrangeAnswersTest {
    private final FakeProvider provider = new FakeProvider("first");
    private final VirtualEngine virtual = new VirtualEngine(provider);

    @Test
    @DisplayName(
            "and gives one id to several messages has all but the first in doubt, which the log says once a minute")
    void repeatedId() {
        for (int i = 0; i < 4; i++) {
            provider.answer(submission -> SubmitOutcome.Accepted.as("always-the-same"));
        }
        MessageId first = virtual.send("hello");
        virtual.settle();
        MessageId second = virtual.send("hello again");
        MessageId third = virtual.send("and again");

        assertThat(Screen.logOf(virtual::settle).lines().filter(line -> line.contains("had given to another")))
                .singleElement()
                .asString()
                .contains("WARN", "first accepted a message under an id", "(1 since the last line like this)")
                .doesNotContain("always-the-same");
        assertThat(virtual.state(first)).isEqualTo(SENT);
        assertThat(virtual.state(second)).isEqualTo(IN_DOUBT);
        assertThat(virtual.state(third)).isEqualTo(IN_DOUBT);
        virtual.clock.advance(Duration.ofMinutes(1));
        virtual.send("once more");
        assertThat(Screen.logOf(virtual::settle)).contains("(2 since the last line like this)");
    }

    @Test
    @DisplayName("and has forgotten an id is asked less and less often, and the message is unconfirmed in the end")
    void forgottenId() {
        provider.scriptedStatus = Optional.of(new LookupAnswer.Absent());
        MessageId id = virtual.send("hello");

        virtual.runToTheEnd();

        assertThat(virtual.path(id)).containsExactly(QUEUED, SUBMITTING, SENT, UNCONFIRMED);
        assertThat(provider.lookups).isBetween(40, 70);
        assertThat(provider.submissions).hasSize(1);
        assertThat(virtual.engine.history(id)).hasSize(4);
    }

    @Test
    @DisplayName("in words that it makes up anew each time moves nothing, and what it says is kept, word by word")
    void newWordsEachTime() {
        var inventive = new FakeProvider("inventive") {
            @Override
            public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
                super.lookUp(attempts);
                return attempts.stream()
                        .<LookupAnswer>map(attempt -> new LookupAnswer.Found(List.of(word(
                                attempt.reference(),
                                attempt.providerMessageIds().get(0)))))
                        .toList();
            }

            private Receipt word(AttemptId reference, String id) {
                return new Receipt(account, id, reference, ReceiptState.UNKNOWN, "word " + lookups, null, null);
            }
        };
        var engine = new VirtualEngine(inventive);
        MessageId id = engine.send("hello");

        engine.runToTheEnd();

        assertThat(engine.path(id)).containsExactly(QUEUED, SUBMITTING, SENT, UNCONFIRMED);
        assertThat(inventive.lookups).isBetween(40, 70);
        assertThat(engine.engine.history(id))
                .hasSize(4 + inventive.lookups)
                .anySatisfy(event -> assertThat(event.code()).isEqualTo("word 2"));
    }

    @Test
    @DisplayName("and dates a receipt before the hand-over, or beyond the calendar, is believed in all but the time")
    void impossibleTimes() {
        provider.scriptedStatus = Optional.of(new LookupAnswer.Absent());
        for (Instant time : List.of(Instant.MIN, Instant.parse("0001-01-01T00:00:00Z"), Instant.MAX)) {
            MessageId id = virtual.send("hello");
            virtual.settle();
            AttemptId reference = virtual.store.attempts(id).get(0).id();
            String known = String.valueOf(virtual.status(id).providerMessageId());

            virtual.store.receive(List.of(
                    new Receipt(provider.account, known, reference, ReceiptState.DELIVERED, "done", null, time)));
            virtual.settle();

            assertThat(virtual.state(id)).isEqualTo(DELIVERED);
            assertThat(virtual.status(id).updatedAt()).isEqualTo(virtual.clock.instant());
        }
    }

    @Test
    @DisplayName("of other messages than the one it was asked for is believed of those, if they are its own")
    void anotherMessage() {
        MessageId asked = virtual.send("one");
        MessageId told = virtual.send("two");
        virtual.settle();
        provider.status = ReceiptState.DELIVERED;
        // Which of the two was handed over first is nobody's promise.
        String its = String.valueOf(virtual.status(told).providerMessageId());
        Receipt ofAnother = provider.receipt(virtual.store.attempts(told).get(0).id(), its);
        provider.scriptedStatus = Optional.of(new LookupAnswer.Found(List.of(ofAnother)));

        virtual.advance(Duration.ofHours(1));

        assertThat(virtual.state(asked)).isEqualTo(SENT);
        assertThat(virtual.state(told)).isEqualTo(DELIVERED);
        virtual.runToTheEnd();
        assertThat(virtual.state(asked)).isEqualTo(UNCONFIRMED);
    }
}
