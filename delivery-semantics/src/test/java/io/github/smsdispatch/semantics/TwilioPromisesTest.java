package io.github.smsdispatch.semantics;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.IN_DOUBT;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static io.github.smsdispatch.MessageState.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.ReceiptFault;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@DisplayName("Twilio: a hand-over whose answer was lost")
class TwilioPromisesTest {
    private final Scene scene = new Scene(Played.TWILIO);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @DisplayName("is settled by the status callback, which carries our reference")
    void byCallback() throws Exception {
        scene.carrier.nextSubmissions(1, SubmissionFault.LOSE_ANSWER);
        MessageId id = scene.send("hello");
        assertThat(scene.state(id)).isEqualTo(IN_DOUBT);

        scene.receipts();

        assertThat(scene.state(id)).isEqualTo(DELIVERED);
        assertThat(scene.status(id).attempts()).isEqualTo(1);
        assertThat(scene.taken()).isEqualTo(1);
    }

    @Test
    @DisplayName("is found in the message list by recipient, text and time if the callbacks are lost too")
    void byList() {
        scene.carrier.nextSubmissions(1, SubmissionFault.LOSE_ANSWER);
        scene.carrier.nextMessages(1, ReceiptFault.LOSE_RECEIPT);
        MessageId id = scene.send("hello");

        scene.runTo(id, SENT);

        assertThat(scene.age(id)).isLessThanOrEqualTo(Duration.ofMinutes(2));
        scene.runTo(id);
        assertThat(scene.path(id)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, SENT, DELIVERED);
        assertThat(scene.taken()).isEqualTo(1);
    }

    @Test
    @DisplayName("counts as not taken when it is missing from the list ten minutes later, and goes once more")
    void absent() {
        scene.carrier.nextSubmissions(1, SubmissionFault.DROP_REQUEST);
        MessageId id = scene.send("hello");

        scene.runTo(id, QUEUED);

        assertThat(scene.age(id)).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
        assertThat(scene.taken()).isZero();
        scene.runTo(id, SENT);
        assertThat(scene.age(id)).isLessThanOrEqualTo(Duration.ofMinutes(13));
        scene.runTo(id);
        assertThat(scene.path(id)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, QUEUED, SUBMITTING, SENT, DELIVERED);
        assertThat(scene.taken()).isEqualTo(1);
    }

    @Test
    @DisplayName("is told from another message with the same text to the same number, of which the list has only one")
    void sameText() {
        MessageId taken = scene.send("hello");
        scene.carrier.nextSubmissions(1, SubmissionFault.DROP_REQUEST);
        MessageId dropped = scene.send("hello");

        scene.runTo(dropped, SENT);

        assertThat(scene.status(dropped).attempts()).isEqualTo(2);
        assertThat(scene.status(dropped).providerMessageId())
                .isNotEqualTo(scene.status(taken).providerMessageId());
        assertThat(scene.taken()).isEqualTo(2);
    }

    @Test
    @DisplayName("stays in doubt while the list cannot be read, and is never sent again")
    void unreadableList() {
        scene.carrier.faults(FaultScript.of("lookup503=100%"));
        scene.carrier.nextSubmissions(1, SubmissionFault.DROP_REQUEST);
        MessageId id = scene.send("hello");

        scene.runTo(id);

        assertThat(scene.path(id)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, UNCONFIRMED);
        assertThat(scene.age(id))
                .isBetween(Duration.ofHours(49), Duration.ofHours(49).plusMinutes(2));
        assertThat(scene.taken()).isZero();
    }
}
