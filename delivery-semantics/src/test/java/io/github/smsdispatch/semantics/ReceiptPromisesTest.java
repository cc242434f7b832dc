package io.github.smsdispatch.semantics;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.ReceiptFault;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Timeout(120)
@DisplayName("Receipts of each provider that has any")
class ReceiptPromisesTest {
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "GOOGLEVERIFY")
    @DisplayName("that come before the answer to the hand-over settle the message all the same")
    void early(Played provider) throws Exception {
        try (var scene = new Scene(provider)) {
            scene.carrier.nextMessages(1, ReceiptFault.EARLY_RECEIPT);
            MessageId id = scene.send("hello");

            scene.receipts();
            scene.advance(Duration.ofMinutes(1));

            assertThat(scene.state(id)).isEqualTo(DELIVERED);
            assertThat(scene.taken()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "GOOGLEVERIFY")
    @DisplayName("that come twice are in the history once")
    void twice(Played provider) throws Exception {
        try (var once = new Scene(provider);
                var twice = new Scene(provider)) {
            MessageId expected = once.send("hello");
            once.receipts();
            twice.carrier.nextMessages(1, ReceiptFault.REPEAT_RECEIPT);
            MessageId id = twice.send("hello");

            twice.receipts();

            assertThat(twice.path(id)).containsExactly(QUEUED, SUBMITTING, SENT, DELIVERED);
            assertThat(words(twice, id)).isEqualTo(words(once, expected));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "GOOGLEVERIFY")
    @DisplayName("that come in the wrong order lead to the same end, and all of them are in the history")
    void reordered(Played provider) throws Exception {
        try (var ordered = new Scene(provider);
                var reordered = new Scene(provider)) {
            MessageId expected = ordered.send("hello");
            ordered.receipts();
            reordered.carrier.nextMessages(1, ReceiptFault.REORDER_RECEIPT);
            MessageId id = reordered.send("hello");

            reordered.receipts();

            assertThat(reordered.state(id)).isEqualTo(DELIVERED);
            assertThat(words(reordered, id)).containsExactlyInAnyOrderElementsOf(words(ordered, expected));
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"GOOGLEVERIFY", "AFRICASTALKING"})
    @DisplayName("that are lost are made up for by asking")
    void lost(Played provider) {
        try (var scene = new Scene(provider)) {
            scene.carrier.nextMessages(1, ReceiptFault.LOSE_RECEIPT);
            MessageId id = scene.send("hello");

            scene.runTo(id);

            assertThat(scene.path(id)).containsExactly(QUEUED, SUBMITTING, SENT, DELIVERED);
            assertThat(scene.age(id)).isLessThanOrEqualTo(Duration.ofMinutes(2));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "GOOGLEVERIFY")
    @DisplayName("of messages that somebody else has sent over the account are answered 200, and change nothing")
    void strangers(Played provider) throws Exception {
        try (var other = new Scene(provider);
                var scene = new Scene(provider)) {
            // The same account, and another store that knows nothing of it.
            MessageId ours = scene.send("hello");
            other.send("hello, too");
            other.receipts();

            assertThat(other.postAgainTo(scene)).isNotEmpty().allMatch(status -> status == 200);
            scene.advance(Duration.ofSeconds(2));

            assertThat(scene.path(ours)).containsExactly(QUEUED, SUBMITTING, SENT);
            scene.receipts();
            assertThat(scene.state(ours)).isEqualTo(DELIVERED);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "GOOGLEVERIFY")
    @DisplayName("that anybody could have posted are refused, and change nothing")
    void forged(Played provider) throws Exception {
        try (var scene = new Scene(provider)) {
            MessageId id = scene.send("hello");
            String known = String.valueOf(scene.status(id).providerMessageId());

            for (String body : List.of(
                    "MessageSid=" + known + "&MessageStatus=failed&ErrorCode=30005",
                    "id=" + known + "&status=Failed&failureReason=UserInBlackList",
                    "{\"messageId\":\"" + known + "\",\"status\":\"failed\",\"err-code\":\"7\"}",
                    "{\"results\":[{\"messageId\":\"" + known
                            + "\",\"status\":{\"id\":4,\"groupId\":2},\"error\":{\"id\":1}}]}")) {
                var request = HttpRequest.newBuilder(scene.receiptUrl())
                        .header(
                                "Content-Type",
                                body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build();
                assertThat(HttpClient.newHttpClient()
                                .send(request, BodyHandlers.discarding())
                                .statusCode())
                        .isBetween(400, 499);
            }
            scene.advance(Duration.ofSeconds(2));

            assertThat(scene.path(id)).containsExactly(QUEUED, SUBMITTING, SENT);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "GOOGLEVERIFY")
    @DisplayName("that were posted before, and are posted again by whoever has seen them, change nothing")
    void replayed(Played provider) throws Exception {
        try (var scene = new Scene(provider)) {
            MessageId id = scene.send("hello");
            scene.receipts();
            int events = scene.engine.history(id).size();

            assertThat(scene.postAgainTo(scene)).isNotEmpty().allMatch(status -> status == 200);
            scene.advance(Duration.ofSeconds(2));

            assertThat(scene.state(id)).isEqualTo(DELIVERED);
            assertThat(scene.engine.history(id)).hasSize(events);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TWILIO", "VONAGE", "INFOBIP"})
    @DisplayName("of a failure for now lead to another hand-over, where the engine is told so")
    void lateFailure(Played provider) throws Exception {
        try (var scene = new Scene(provider, Map.of(), settings -> settings.lateRetries(5))) {
            scene.carrier.faults(FaultScript.of("undelivered=100%,delivery=3s"));
            var ids = new ArrayList<MessageId>();
            for (int i = 0; i < 40; i++) {
                // To numbers of their own: one of the failures is that a recipient has opted out.
                ids.add(scene.send(Message.to("+120255501%02d".formatted(i)).text("hello")));
            }
            scene.receipts();
            List<MessageId> again =
                    ids.stream().filter(id -> scene.state(id) == QUEUED).toList();
            assertThat(again).isNotEmpty();
            scene.carrier.faults(FaultScript.of("delivery=3s"));

            scene.advance(Duration.ofMinutes(1));
            scene.receipts();

            assertThat(again).allSatisfy(id -> assertThat(scene.path(id))
                    .containsExactly(QUEUED, SUBMITTING, SENT, QUEUED, SUBMITTING, SENT, DELIVERED));
        }
    }

    private static List<String> words(Scene scene, MessageId id) {
        return scene.engine.history(id).stream()
                .map(MessageEvent::code)
                .filter(code -> code != null)
                .toList();
    }
}
