package io.github.smsdispatch.testkit.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The comparison with ledgers that hold no reference of ours")
class UnreferencedLedgersTest {
    private static final ProviderAccount ACCOUNT = ProviderAccount.of("africastalking");

    private static final AfricasTalkingCredentials CREDENTIALS = AfricasTalkingCredentials.fake();

    private final CarrierSimulator carrier =
            CarrierSimulator.builder().africasTalking(CREDENTIALS).start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final InMemoryMessageStore store = new InMemoryMessageStore();
    private final Message message = message("key");

    @AfterEach
    void close() {
        carrier.close();
    }

    @Test
    @DisplayName("knows by the carrier's id what was taken")
    void byId() throws Exception {
        finish(handOver(message));

        assertThat(carrier.ledger().size()).isEqualTo(1);
        assertFound(check(message));
    }

    @Test
    @DisplayName("knows by recipient and text what was taken although the answer was lost")
    void byText() throws Exception {
        handOver(message);
        finish(new SubmitOutcome.Unknown(null, "no answer"));

        assertThat(carrier.ledger().size()).isEqualTo(1);
        assertFound(check(message));
    }

    @Test
    @DisplayName("finds a message that was taken twice, of which the store knows one id")
    void twice() throws Exception {
        handOver(message);
        finish(handOver(message));

        assertThat(carrier.ledger().size()).isEqualTo(2);
        assertFound(check(message), LedgerFinding.TWICE);
    }

    @Test
    @DisplayName("finds a message in doubt that was taken twice")
    void twiceInDoubt() throws Exception {
        handOver(message);
        handOver(message);
        finish(new SubmitOutcome.Unknown(null, "no answer"));

        assertFound(check(message), LedgerFinding.TWICE);
    }

    @Test
    @DisplayName("finds a message that the store calls sent and no carrier has")
    void lost() {
        finish(SubmitOutcome.Accepted.as("ATXid_invented"));

        assertThat(carrier.ledger().size()).isEqualTo(0);
        assertFound(check(message), LedgerFinding.NOT_TAKEN);
    }

    @Test
    @DisplayName(
            "finds a message that the store calls sent under an id that no carrier has, with another of its text there")
    void lostAmongOthers() throws Exception {
        handOver(message);
        finish(SubmitOutcome.Accepted.as("ATXid_invented"));

        assertFound(check(message), LedgerFinding.NOT_TAKEN);
    }

    @Test
    @DisplayName("finds a message that was never handed over, and the carrier has it")
    void contradicted() throws Exception {
        handOver(message);
        finish(SubmitOutcome.Refused.because(FailureReason.CONTENT, null, "no"));

        assertFound(check(message), LedgerFinding.CONTRADICTED);
    }

    @Test
    @DisplayName("gives what no id tells to the message that was in doubt, where several have the same text")
    void sameText() throws Exception {
        Message refused = message("refused");
        Message doubtful = message("doubtful");
        finish(refused, SubmitOutcome.Refused.because(FailureReason.CONTENT, null, "no"));
        finish(message, handOver(message));
        handOver(doubtful);
        finish(doubtful, new SubmitOutcome.Unknown(null, "no answer"));

        assertFound(check(refused, message, doubtful));
    }

    @Test
    @DisplayName("finds what the carrier took and the store knows nothing of")
    void stranger() throws Exception {
        finish(handOver(message));
        handOver(Message.to("+254700000002").text("Hi").build());

        assertThat(carrier.ledger().size()).isEqualTo(2);
        assertFound(check(message), LedgerFinding.STRANGER);
    }

    @Test
    @DisplayName("takes no message of an earlier file for a stranger, whether its id is known or it is in doubt")
    void earlierFile() throws Exception {
        finish(handOver(message));
        assertFound(check());

        Message doubtful = Message.to("+254700000003").text("Hi").build();
        handOver(doubtful);
        finish(doubtful, new SubmitOutcome.Unknown(null, "no answer"));
        assertFound(check());

        handOver(Message.to("+254700000004").text("Hi").build());
        assertFound(check(), LedgerFinding.STRANGER);
    }

    private void assertFound(LedgerComparison result, LedgerFinding... findings) {
        for (LedgerFinding finding : LedgerFinding.values()) {
            // Nothing is final here, and that is no matter of these tests.
            if (finding != LedgerFinding.OPEN) {
                assertThat(result.count(finding))
                        .as(finding.name())
                        .isEqualTo(List.of(findings).contains(finding) ? 1 : 0);
            }
        }
        assertThat(result.isClean()).isEqualTo(findings.length == 0);
    }

    private LedgerComparison check(Message... messages) {
        return new LedgerCheck(store, Map.of(ACCOUNT, carrier.ledger()))
                .run(List.of(messages).iterator());
    }

    /** The carrier takes it. */
    private SubmitOutcome handOver(Message handedOver) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(carrier.baseUrl() + "/version1/messaging"))
                .header("apiKey", CREDENTIALS.apiKey())
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Form.encode(Client.form(
                        "username",
                        CREDENTIALS.username(),
                        "to",
                        handedOver.recipient().e164(),
                        "message",
                        handedOver.text()))))
                .build();
        return SubmitOutcome.Accepted.as(
                Json.parse(http.send(request, BodyHandlers.ofString()).body())
                        .at("/SMSMessageData/Recipients/0/messageId")
                        .asText());
    }

    private static Message message(String key) {
        return Message.to("+254700000001").text("Hi").idempotencyKey(key).build();
    }

    private void finish(SubmitOutcome outcome) {
        finish(message, outcome);
    }

    /** Tells the store how a hand-over ended. */
    private void finish(Message of, SubmitOutcome outcome) {
        store.enqueue(List.of(of));
        Claim claim = store.claim(new ClaimRequest(Lane.NORMAL, 1, Duration.ofMinutes(1)))
                .get(0);
        AttemptId attempt = AttemptId.create();
        store.begin(List.of(new AttemptStart(of.id(), claim.fence(), attempt, ACCOUNT)), Duration.ofMinutes(1));
        store.finish(List.of(new AttemptEnd(
                of.id(),
                attempt,
                outcome,
                outcome.fold(
                        accepted -> MessageState.SENT,
                        refused -> MessageState.REJECTED,
                        unknown -> MessageState.IN_DOUBT),
                null,
                Duration.ofMinutes(1))));
    }
}
