package io.github.smsdispatch.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.engine.ProviderCatalog;
import io.github.smsdispatch.engine.SettingSource;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.testkit.carrier.AfricasTalkingCredentials;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The comparison with ledgers that hold no reference of ours")
class UnreferencedLedgersTest {
    private static final ProviderAccount ACCOUNT = ProviderAccount.of("africastalking");

    private final CarrierSimulator carrier = CarrierSimulator.builder()
            .africasTalking(AfricasTalkingCredentials.fake())
            .start();
    private final SmsProvider provider = provider();
    private final InMemoryMessageStore store = new InMemoryMessageStore();
    private final Message message =
            Message.to("+254700000001").text("Hi").idempotencyKey("key").build();

    @AfterEach
    void close() {
        provider.close();
        carrier.close();
    }

    @Test
    @DisplayName("knows by the carrier's id what was taken")
    void byId() {
        finish(handOver(message));

        assertThat(check(message)).isEqualTo(new LedgerCheck.Result(Map.of(ACCOUNT, 1), 0, 0, 0, 0));
    }

    @Test
    @DisplayName("knows by recipient and text what was taken although the answer was lost")
    void byText() {
        handOver(message);
        finish(new SubmitOutcome.Unknown(null, "no answer"));

        assertThat(check(message)).isEqualTo(new LedgerCheck.Result(Map.of(ACCOUNT, 1), 0, 0, 0, 0));
    }

    @Test
    @DisplayName("finds a message that was taken twice, of which the store knows one id")
    void twice() {
        handOver(message);
        finish(handOver(message));

        assertThat(check(message)).isEqualTo(new LedgerCheck.Result(Map.of(ACCOUNT, 2), 0, 0, 1, 0));
    }

    @Test
    @DisplayName("finds a message in doubt that was taken twice")
    void twiceInDoubt() {
        handOver(message);
        handOver(message);
        finish(new SubmitOutcome.Unknown(null, "no answer"));

        assertThat(check(message).twice()).isEqualTo(1);
    }

    @Test
    @DisplayName("finds a message that the store calls sent and no carrier has")
    void lost() {
        finish(SubmitOutcome.Accepted.as("ATXid_invented"));

        assertThat(check(message)).isEqualTo(new LedgerCheck.Result(Map.of(ACCOUNT, 0), 0, 1, 0, 0));
    }

    @Test
    @DisplayName(
            "finds a message that the store calls sent under an id that no carrier has, with another of its text there")
    void lostAmongOthers() {
        handOver(message);
        finish(SubmitOutcome.Accepted.as("ATXid_invented"));

        assertThat(check(message).lost()).isEqualTo(1);
    }

    @Test
    @DisplayName("finds what the carrier took and the store knows nothing of")
    void stranger() {
        finish(handOver(message));
        handOver(Message.to("+254700000002").text("Hi").build());

        assertThat(check(message)).isEqualTo(new LedgerCheck.Result(Map.of(ACCOUNT, 2), 0, 0, 0, 1));
    }

    @Test
    @DisplayName("takes no message of an earlier file for a stranger, whether its id is known or it is in doubt")
    void earlierFile() {
        finish(handOver(message));
        assertThat(check().isClean()).isTrue();

        Message doubtful = Message.to("+254700000003").text("Hi").build();
        handOver(doubtful);
        finish(doubtful, new SubmitOutcome.Unknown(null, "no answer"));
        assertThat(check().isClean()).isTrue();

        handOver(Message.to("+254700000004").text("Hi").build());
        assertThat(check().strangers()).isEqualTo(1);
    }

    private LedgerCheck.Result check(Message... file) {
        return new LedgerCheck(store, Map.of(ACCOUNT, carrier))
                .run(List.of(file).iterator());
    }

    private SubmitOutcome handOver(Message handedOver) {
        return provider.submit(List.of(new Submission(
                        AttemptId.create(),
                        handedOver.recipient(),
                        null,
                        handedOver.text(),
                        handedOver.segments(),
                        Duration.ofHours(1),
                        Map.of())))
                .get(0);
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
                outcome instanceof SubmitOutcome.Accepted ? MessageState.SENT : MessageState.IN_DOUBT,
                null,
                Duration.ofMinutes(1))));
    }

    private SmsProvider provider() {
        AfricasTalkingCredentials credentials = AfricasTalkingCredentials.fake();
        return ProviderCatalog.discover()
                .create(
                        List.of(ACCOUNT),
                        SettingSource.of(Map.of(
                                "africastalking.username", credentials.username(),
                                "africastalking.api-key", credentials.apiKey(),
                                "africastalking.base-url", carrier.baseUrl().toString())))
                .values()
                .iterator()
                .next();
    }
}
