package io.github.smsdispatch.semantics;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.IN_DOUBT;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static io.github.smsdispatch.MessageState.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.testkit.carrier.ReceiptFault;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@DisplayName("Africa's Talking")
class AfricasTalkingPromisesTest {
    private final Scene scene = new Scene(Played.AFRICASTALKING);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @DisplayName("a hand-over that was answered is followed by its receipt")
    void byReceipt() throws Exception {
        MessageId id = scene.send("hello");

        scene.receipts();

        assertThat(scene.path(id)).containsExactly(QUEUED, SUBMITTING, SENT, DELIVERED);
    }

    @Test
    @DisplayName(
            "a hand-over whose receipt is lost is unconfirmed when validity and grace are over: nobody can be asked")
    void lostReceipt() {
        scene.carrier.nextMessages(1, ReceiptFault.LOSE_RECEIPT);
        MessageId id = scene.send("hello");

        scene.runTo(id);

        assertThat(scene.path(id)).containsExactly(QUEUED, SUBMITTING, SENT, UNCONFIRMED);
        assertThat(scene.age(id)).isEqualTo(Duration.ofHours(49));
    }

    @Test
    @DisplayName("a hand-over whose answer was lost is held, and unconfirmed in the end, though its receipt comes")
    void hold() throws Exception {
        scene.carrier.nextSubmissions(1, SubmissionFault.LOSE_ANSWER);
        MessageId id = scene.send("hello");
        scene.receipts();
        assertThat(scene.state(id)).isEqualTo(IN_DOUBT);

        scene.runTo(id);

        assertThat(scene.path(id)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, UNCONFIRMED);
        assertThat(scene.age(id)).isEqualTo(Duration.ofHours(49));
        assertThat(scene.taken()).isEqualTo(1);
    }

    @Test
    @DisplayName("a hand-over whose answer was lost goes again where the message may be repeated, within five minutes")
    void resend() throws Exception {
        scene.carrier.nextSubmissions(1, SubmissionFault.DROP_REQUEST);
        MessageId id = scene.send(Played.AFRICASTALKING.message("hello").doubtPolicy(DoubtPolicy.RESEND));

        scene.runTo(id, SENT);

        assertThat(scene.path(id)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, QUEUED, SUBMITTING, SENT);
        assertThat(scene.age(id)).isLessThanOrEqualTo(Duration.ofMinutes(5));
        assertThat(scene.taken()).isEqualTo(1);
        scene.receipts();
        assertThat(scene.state(id)).isEqualTo(DELIVERED);
    }

    @Test
    @DisplayName("a message that may be repeated is repeated three times at most, each time the answer is lost")
    void resendIsBounded() {
        scene.carrier.nextSubmissions(10, SubmissionFault.LOSE_ANSWER);
        MessageId id = scene.send(Played.AFRICASTALKING.message("hello").doubtPolicy(DoubtPolicy.RESEND));

        scene.runTo(id);

        assertThat(scene.state(id)).isEqualTo(UNCONFIRMED);
        assertThat(scene.taken()).isEqualTo(4);
    }
}
