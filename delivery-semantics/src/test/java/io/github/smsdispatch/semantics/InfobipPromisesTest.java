package io.github.smsdispatch.semantics;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.IN_DOUBT;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.testkit.carrier.ReceiptFault;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@DisplayName("Infobip: a hand-over whose answer was lost")
class InfobipPromisesTest {
    private final Scene scene = new Scene(Played.INFOBIP);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @DisplayName("is settled by the report, whose message id is our reference")
    void byReport() throws Exception {
        scene.carrier.nextSubmissions(1, SubmissionFault.LOSE_ANSWER);
        MessageId id = scene.send("hello");
        assertThat(scene.state(id)).isEqualTo(IN_DOUBT);

        scene.receipts();

        assertThat(scene.state(id)).isEqualTo(DELIVERED);
        assertThat(scene.status(id).providerMessageId())
                .isEqualTo(scene.store.attempts(id).get(0).id().toString());
        assertThat(scene.taken()).isEqualTo(1);
    }

    @Test
    @DisplayName("is found in the log by that id if the reports are lost too")
    void byLog() {
        scene.carrier.nextSubmissions(1, SubmissionFault.LOSE_ANSWER);
        scene.carrier.nextMessages(1, ReceiptFault.LOSE_RECEIPT);
        MessageId id = scene.send("hello");

        scene.advance(Duration.ofSeconds(15));

        assertThat(scene.path(id)).startsWith(QUEUED, SUBMITTING, IN_DOUBT, SENT);
        scene.runTo(id);
        assertThat(scene.state(id)).isEqualTo(DELIVERED);
        assertThat(scene.taken()).isEqualTo(1);
    }

    @Test
    @DisplayName("counts as not taken when it is missing from the log an hour later, and goes once more")
    void absent() {
        scene.carrier.nextSubmissions(1, SubmissionFault.DROP_REQUEST);
        MessageId id = scene.send("hello");

        scene.runTo(id, QUEUED);

        assertThat(scene.age(id)).isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
        scene.runTo(id);
        assertThat(scene.path(id)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, QUEUED, SUBMITTING, SENT, DELIVERED);
        assertThat(scene.taken()).isEqualTo(1);
    }
}
