package io.github.smsdispatch.testkit.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.LateRetries;
import io.github.smsdispatch.testkit.carrier.LedgerComparison.Pair;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The comparison with the ledgers")
class LedgerCheckTest {
    private static final ProviderAccount VONAGE = ProviderAccount.of("vonage");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final SteppingClock clock = new SteppingClock();
    private final CarrierSimulator carrier =
            CarrierSimulator.builder().vonage(Client.VONAGE).clock(clock).start();
    private final Client client = new Client(carrier);
    private final InMemoryMessageStore store = new InMemoryMessageStore(clock);
    private final AttemptId attempt = AttemptId.create();

    @AfterEach
    void close() {
        carrier.close();
    }

    @Test
    @DisplayName("is content with a message that one carrier took once and delivered")
    void clean() throws Exception {
        Message message = begun();
        String id = taken(attempt);
        end(message, accepted(id), MessageState.SENT);
        clock.step(MINUTE);
        report(id, ReceiptState.DELIVERED);

        LedgerComparison result = check(message);

        assertThat(result.accepted()).isEqualTo(Map.of(VONAGE, 1));
        assertThat(result.states()).isEqualTo(Map.of(new Pair(MessageState.DELIVERED, CarrierState.DELIVERED), 1L));
        for (LedgerFinding finding : LedgerFinding.values()) {
            assertThat(result.count(finding)).as(finding.name()).isZero();
        }
        assertThat(result.isClean()).isTrue();
    }

    @Test
    @DisplayName("knows an entry by its id where the sender chose it")
    void idOfTheSender() throws Exception {
        var account = ProviderAccount.of("infobip");
        var credentials = InfobipCredentials.fake();
        try (var infobip = CarrierSimulator.builder().infobip(credentials).start()) {
            Message message = begun(DoubtPolicy.HOLD, account);
            var request = HttpRequest.newBuilder(URI.create(infobip.baseUrl() + "/sms/3/messages"))
                    .header("Authorization", "App " + credentials.apiKey())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            """
                            {"messages": [{"sender": "Acme", "content": {"text": "Hi"},
                              "destinations": [{"to": "12025550123", "messageId": "%s"}]}]}
                            """
                                    .formatted(attempt)))
                    .build();
            assertThat(client.send(request).statusCode()).isEqualTo(200);
            end(message, accepted(attempt.toString()), MessageState.SENT);

            LedgerComparison result = new LedgerCheck(store, Map.of(account, infobip.ledger()))
                    .run(List.of(message).iterator());

            assertThat(result.accepted()).isEqualTo(Map.of(account, 1));
            assertThat(result.isClean()).isTrue();
        }
    }

    @Test
    @DisplayName("finds a message that the store calls sent and no carrier has, whoever enqueued it")
    void lost() {
        Message message = begun();
        end(message, accepted("0123456789ABCDEF"), MessageState.SENT);

        LedgerComparison ofIt = check(message);
        assertThat(ofIt.lost()).isEqualTo(1);
        assertThat(ofIt.examples(LedgerFinding.NOT_TAKEN)).containsExactly(message.id());
        assertThat(ofIt.isClean()).isFalse();
        assertThat(check().lost()).isEqualTo(1);
    }

    @Test
    @DisplayName("finds a message that ended without a word although the carrier gave an id, and has it not")
    void lostWithoutWord() {
        Message message = begun();
        end(message, accepted("0123456789ABCDEF"), MessageState.SENT);
        outlive(message);

        assertThat(check(message).lost()).isEqualTo(1);
    }

    @Test
    @DisplayName("finds a message that was enqueued and that the store does not have")
    void missing() {
        LedgerComparison result = check(message(DoubtPolicy.HOLD));

        assertThat(result.count(LedgerFinding.MISSING)).isEqualTo(1);
        assertThat(result.lost()).isEqualTo(1);
        assertThat(result.isClean()).isFalse();
    }

    @Test
    @DisplayName("finds a message that was taken twice")
    void twice() throws Exception {
        Message message = begun();
        taken(attempt);
        end(message, accepted(taken(attempt)), MessageState.SENT);

        LedgerComparison result = check(message);

        assertThat(result.twice()).isEqualTo(1);
        assertThat(result.examples(LedgerFinding.TWICE)).containsExactly(message.id());
        assertThat(result.isClean()).isFalse();
    }

    @Test
    @DisplayName("lets a message be taken twice of which the first was reported as not delivered, and says so")
    void failedLate() throws Exception {
        Message message = begun();
        end(message, accepted(taken(attempt)), MessageState.SENT);
        String id = store.attempts(message.id()).get(0).providerMessageIds().get(0);
        store.receive(List.of(new Receipt(
                VONAGE, id, attempt, ReceiptState.UNDELIVERED, "failed", "1", FailureReason.UNAVAILABLE, null)));
        store.applyReceipts(10, new LateRetries(1, MINUTE, MINUTE));
        clock.step(MINUTE);
        Claim claim = store.claim(new ClaimRequest(Lane.NORMAL, 1, MINUTE)).get(0);
        var second = AttemptId.create();
        store.begin(List.of(new AttemptStart(message.id(), claim.fence(), second, VONAGE, false)), MINUTE);
        var outcome = accepted(taken(second));
        store.finish(List.of(new AttemptEnd(message.id(), second, outcome, MessageState.SENT, null, MINUTE)));

        LedgerComparison result = check(message);

        assertThat(result.count(LedgerFinding.REPEATED)).isEqualTo(1);
        assertThat(result.twice()).isZero();
        assertThat(result.isClean()).isTrue();
    }

    @Test
    @DisplayName("lets a message be taken twice that may be repeated, and says so")
    void repeated() throws Exception {
        Message message = begun(DoubtPolicy.RESEND);
        taken(attempt);
        end(message, accepted(taken(attempt)), MessageState.SENT);

        LedgerComparison result = check(message);

        assertThat(result.count(LedgerFinding.REPEATED)).isEqualTo(1);
        assertThat(result.twice()).isZero();
        assertThat(result.isClean()).isTrue();
    }

    @Test
    @DisplayName("finds what a carrier took and the store knows nothing of")
    void stranger() throws Exception {
        taken(AttemptId.create());
        client.vonage("without a reference");

        LedgerComparison result = check();

        assertThat(result.count(LedgerFinding.STRANGER)).isEqualTo(2);
        assertThat(result.isClean()).isFalse();
    }

    @Test
    @DisplayName("finds a message that is called delivered, and the carrier says that it was not")
    void contradicted() throws Exception {
        carrier.faults(FaultScript.of("undelivered=100%"));
        Message message = begun();
        String id = taken(attempt);
        end(message, accepted(id), MessageState.SENT);
        clock.step(MINUTE);
        report(id, ReceiptState.DELIVERED);

        LedgerComparison result = check(message);

        assertThat(result.examples(LedgerFinding.CONTRADICTED)).containsExactly(message.id());
        assertThat(result.states()).isEqualTo(Map.of(new Pair(MessageState.DELIVERED, CarrierState.UNDELIVERED), 1L));
        assertThat(result.isClean()).isFalse();
    }

    @Test
    @DisplayName("finds a message that is called rejected, and the carrier has it")
    void takenAllTheSame() throws Exception {
        Message message = begun();
        taken(attempt);
        end(message, SubmitOutcome.Refused.because(FailureReason.CONTENT, null, "no"), MessageState.REJECTED);

        assertThat(check(message).count(LedgerFinding.CONTRADICTED)).isEqualTo(1);
    }

    @Test
    @DisplayName("tells of a message that was delivered and of which no word came in time; that is not wrong")
    void unheard() throws Exception {
        Message message = begun();
        end(message, accepted(taken(attempt)), MessageState.SENT);
        outlive(message);

        LedgerComparison result = check(message);

        assertThat(result.count(LedgerFinding.UNHEARD)).isEqualTo(1);
        assertThat(result.isClean()).isTrue();
    }

    @Test
    @DisplayName("tells of a doubt that was never settled: open at first, and right when it ended without a word")
    void doubt() {
        Message message = begun();
        end(message, new SubmitOutcome.Unknown(null, "no answer"), MessageState.IN_DOUBT);
        assertThat(check(message).count(LedgerFinding.OPEN)).isEqualTo(1);

        outlive(message);

        LedgerComparison result = check(message);
        assertThat(result.count(LedgerFinding.OPEN)).isZero();
        assertThat(result.states()).isEqualTo(Map.of(new Pair(MessageState.UNCONFIRMED, null), 1L));
        assertThat(result.isClean()).isTrue();
    }

    @Test
    @DisplayName("reads the ledger file of a carrier that has ended, and leaves it as it is")
    void file() throws Exception {
        Path file = folder.resolve("ledger.jsonl");
        try (var other = CarrierSimulator.builder()
                .vonage(Client.VONAGE)
                .ledgerFile(file)
                .start()) {
            new Client(other).vonage("one");
            new Client(other).vonage("two");
        }

        assertThat(Ledger.read(file).entries()).hasSize(2);
        assertThat(Ledger.read(file).acceptedMoreThanOnce()).isEmpty();
    }

    private LedgerComparison check(Message... messages) {
        return new LedgerCheck(store, Map.of(VONAGE, carrier.ledger()))
                .run(List.of(messages).iterator());
    }

    private static Message message(DoubtPolicy policy) {
        return Message.to(Client.RECIPIENT)
                .text("Hi")
                .idempotencyKey("key")
                .doubtPolicy(policy)
                .build();
    }

    private Message begun() {
        return begun(DoubtPolicy.HOLD);
    }

    /** Enqueued, and its hand-over committed. */
    private Message begun(DoubtPolicy policy) {
        return begun(policy, VONAGE);
    }

    private Message begun(DoubtPolicy policy, ProviderAccount account) {
        Message message = message(policy);
        store.enqueue(List.of(message));
        Claim claim = store.claim(new ClaimRequest(Lane.NORMAL, 1, MINUTE)).get(0);
        store.begin(List.of(new AttemptStart(message.id(), claim.fence(), attempt, account, false)), MINUTE);
        return message;
    }

    /** The carrier takes it; the answer is its id. */
    private String taken(AttemptId reference) throws Exception {
        return Client.json(client.vonage(Client.with(Client.vonageForm("Hi"), "client-ref", reference.toString())))
                .path("messages")
                .path(0)
                .path("message-id")
                .asText();
    }

    private static SubmitOutcome accepted(String id) {
        return SubmitOutcome.Accepted.as(id);
    }

    private void end(Message message, SubmitOutcome outcome, MessageState next) {
        store.finish(List.of(new AttemptEnd(message.id(), attempt, outcome, next, null, MINUTE)));
    }

    private void report(String id, ReceiptState state) {
        store.receive(List.of(new Receipt(VONAGE, id, attempt, state, "reported", null, null, clock.instant())));
        store.applyReceipts(10);
    }

    /** Validity and grace end without a word. */
    private void outlive(Message message) {
        clock.step(Duration.ofDays(3));
        store.expire(MINUTE, 10);
        assertThat(store.find(message.id()))
                .map(status -> status.state())
                .isEqualTo(Optional.of(MessageState.UNCONFIRMED));
    }
}
