package io.github.smsdispatch.semantics;

import static io.github.smsdispatch.MessageState.IN_DOUBT;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static io.github.smsdispatch.MessageState.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@DisplayName("Google's verification server: a hand-over whose answer was lost")
class GoogleVerifyPromisesTest {
    @Test
    @DisplayName("is found by its uuid, which is our reference")
    void byUuid() {
        try (var scene = new Scene(Played.GOOGLEVERIFY)) {
            scene.carrier.nextSubmissions(1, SubmissionFault.LOSE_ANSWER);
            MessageId id = scene.send("code");
            assertThat(scene.state(id)).isEqualTo(IN_DOUBT);

            scene.runTo(id, SENT);

            assertThat(scene.path(id)).startsWith(QUEUED, SUBMITTING, IN_DOUBT, SENT);
            assertThat(scene.age(id)).isLessThanOrEqualTo(Duration.ofMinutes(2));
            assertThat(scene.taken()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("is held if the server does not know it: a dead code may be in the air")
    void absenceProvesNothing() {
        try (var scene = new Scene(Played.GOOGLEVERIFY)) {
            scene.carrier.nextSubmissions(1, SubmissionFault.DROP_REQUEST);
            MessageId id = scene.send("code");

            scene.runTo(id);

            assertThat(scene.path(id)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, UNCONFIRMED);
            assertThat(scene.taken()).isZero();
        }
    }

    @Test
    @DisplayName("goes once more if the operator has said after how long absence is a proof")
    void absenceProof() {
        try (var scene = new Scene(Played.GOOGLEVERIFY, Map.of("absence-proof", "PT5M"), settings -> settings)) {
            scene.carrier.nextSubmissions(1, SubmissionFault.DROP_REQUEST);
            MessageId id = scene.send("code");

            scene.runTo(id, SENT);

            assertThat(scene.path(id)).startsWith(QUEUED, SUBMITTING, IN_DOUBT, QUEUED, SUBMITTING, SENT);
            assertThat(scene.taken()).isEqualTo(1);
        }
    }
}
