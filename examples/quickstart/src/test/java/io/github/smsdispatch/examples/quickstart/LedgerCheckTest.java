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
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The comparison with the ledgers")
class LedgerCheckTest {
    private static final ProviderAccount TWILIO = ProviderAccount.of("twilio");

    private final CarrierSimulator carrier =
            CarrierSimulator.builder().twilio(TwilioCredentials.fake()).start();
    private final SmsProvider provider = provider();
    private final InMemoryMessageStore store = new InMemoryMessageStore();
    private final Message message =
            Message.to("+12025550101").text("Hi").idempotencyKey("key").build();

    @AfterEach
    void close() {
        provider.close();
        carrier.close();
    }

    @Test
    @DisplayName("is content with a message that one carrier took once")
    void clean() {
        sendTo(1);

        LedgerCheck.Result result = check();

        assertThat(result).isEqualTo(new LedgerCheck.Result(Map.of(TWILIO, 1), 0, 0, 0, 0));
        assertThat(result.isClean()).isTrue();
    }

    @Test
    @DisplayName("finds a message that the store calls sent and no carrier has")
    void lost() {
        sendTo(0);

        assertThat(check().lost()).isEqualTo(1);
        assertThat(check().isClean()).isFalse();
    }

    @Test
    @DisplayName("finds a message that was taken twice")
    void twice() {
        sendTo(2);

        assertThat(check().twice()).isEqualTo(1);
        assertThat(check().isClean()).isFalse();
    }

    @Test
    @DisplayName("finds a message of the file that the store does not have")
    void missing() {
        LedgerCheck.Result result = check();

        assertThat(result.missing()).isEqualTo(1);
        assertThat(result.lost()).isEqualTo(1);
    }

    @Test
    @DisplayName("finds what a carrier took and the store knows nothing of")
    void stranger() {
        sendTo(1);
        submit(AttemptId.create());

        assertThat(check().strangers()).isEqualTo(1);
        assertThat(check().isClean()).isFalse();
    }

    private LedgerCheck.Result check() {
        return new LedgerCheck(store, Map.of(TWILIO, carrier))
                .run(List.of(message).iterator());
    }

    /** Hands the message over so many times, while the store is told of one success. */
    private void sendTo(int times) {
        store.enqueue(List.of(message));
        Claim claim = store.claim(new ClaimRequest(Lane.NORMAL, 1, Duration.ofMinutes(1)))
                .get(0);
        AttemptId attempt = AttemptId.create();
        store.begin(List.of(new AttemptStart(message.id(), claim.fence(), attempt, TWILIO)), Duration.ofMinutes(1));
        for (int i = 0; i < times; i++) {
            submit(attempt);
        }
        store.finish(List.of(new AttemptEnd(
                message.id(),
                attempt,
                SubmitOutcome.Accepted.as("SM1"),
                MessageState.SENT,
                null,
                Duration.ofMinutes(1))));
    }

    private void submit(AttemptId reference) {
        assertThat(provider.submit(List.of(new Submission(
                        reference,
                        message.recipient(),
                        null,
                        message.text(),
                        message.segments(),
                        Duration.ofHours(1),
                        Map.of()))))
                .singleElement()
                .isInstanceOf(SubmitOutcome.Accepted.class);
    }

    private SmsProvider provider() {
        TwilioCredentials credentials = TwilioCredentials.fake();
        return ProviderCatalog.discover()
                .create(
                        List.of(TWILIO),
                        SettingSource.of(Map.of(
                                "twilio.account-sid", credentials.accountSid(),
                                "twilio.auth-token", credentials.authToken(),
                                "twilio.from", "+12025550100",
                                "twilio.callback-url", "http://127.0.0.1:9/receipts",
                                "twilio.base-url", carrier.baseUrl().toString())))
                .values()
                .iterator()
                .next();
    }
}
