package io.github.smsdispatch.africastalking;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.spi.ConsentChange;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.SubmitOutcome.Accepted;
import io.github.smsdispatch.spi.SubmitOutcome.Refused;
import io.github.smsdispatch.spi.SubmitOutcome.Unknown;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.testkit.carrier.AfricasTalkingCredentials;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The module and the simulated carrier, which were written from the same documentation, understand each other. */
class AfricasTalkingCarrierTest {
    private static final AfricasTalkingCredentials CREDENTIALS =
            AfricasTalkingCredentials.fake().withUnknownSender("Nobody");
    private static final String HOOK = "/sms/" + Accounts.WEBHOOK_SECRET;

    private final BlockingQueue<WebhookVerdict> verdicts = new LinkedBlockingQueue<>();
    private final HttpServer hook;
    private final CarrierSimulator carrier;
    private final AfricasTalkingProvider provider;

    AfricasTalkingCarrierTest() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        carrier = CarrierSimulator.builder()
                .africasTalking(CREDENTIALS)
                .receiptUrl(hookUrl(HOOK))
                .inboundUrl(hookUrl("/sms?key=" + Accounts.WEBHOOK_SECRET))
                .start();
        provider = provider(CREDENTIALS.apiKey());
        hook.createContext("/", this::take);
        hook.start();
    }

    @AfterEach
    void stop() {
        carrier.close();
        hook.stop(0);
        provider.close();
    }

    @Test
    void aHundredRecipientsAreOneRequestAndAHundredMessages() {
        List<Submission> batch = IntStream.range(0, 100)
                .mapToObj(last -> Accounts.to(last, "Hello"))
                .toList();

        List<SubmitOutcome> outcomes = provider.submit(batch);

        assertThat(outcomes).hasSize(100).allSatisfy(outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(Accepted.class, accepted -> {
                    assertThat(accepted.segments()).isEqualTo(1);
                    assertThat(accepted.cost()).isNotNull();
                }));
        assertThat(carrier.statistics().requests()).isEqualTo(1);
        for (int i = 0; i < 100; i++) {
            String id = ((Accepted) outcomes.get(i)).providerMessageIds().get(0);
            String recipient = batch.get(i).recipient().e164();
            assertThat(carrier.ledger().entries())
                    .filteredOn(entry -> entry.messageIds().contains(id))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.recipient()).isEqualTo(recipient));
        }
    }

    @Test
    void aReceiptNamesTheMessageByTheIdOfTheAnswer() throws Exception {
        var accepted =
                (Accepted) provider.submit(List.of(Accounts.to(1, "Hello"))).get(0);

        Receipt sent = (Receipt) nextEvent();
        Receipt delivered = (Receipt) nextEvent();

        assertThat(List.of(sent.providerMessageId())).isEqualTo(accepted.providerMessageIds());
        assertThat(sent.state()).isEqualTo(ReceiptState.ENROUTE);
        assertThat(List.of(delivered.providerMessageId())).isEqualTo(accepted.providerMessageIds());
        assertThat(delivered.state()).isEqualTo(ReceiptState.DELIVERED);
    }

    @Test
    void eachOfABatchGetsWhatItsNumberAndItsSenderDeserve() {
        carrier.optOut(Accounts.number(2));

        List<SubmitOutcome> outcomes = provider.submit(List.of(
                Accounts.to(1, "Hello"),
                Accounts.to(2, "Hello"),
                Accounts.to(3, "Hello", Sender.of("Nobody")),
                Accounts.to(4, "Goodbye")));

        assertThat(outcomes.get(0)).isInstanceOf(Accepted.class);
        assertThat(outcomes.get(1))
                .isEqualTo(
                        Refused.because(FailureReason.OPTED_OUT, "406", "recipient is on the blacklist of the sender"));
        assertThat(outcomes.get(2))
                .isEqualTo(Refused.because(
                        FailureReason.SENDER, "InvalidSenderId", "sender not registered for the account"));
        assertThat(outcomes.get(3)).isInstanceOf(Accepted.class);
        assertThat(carrier.ledger().size()).isEqualTo(2);
    }

    @Test
    void aWrongKeyIsTheAccounts() {
        try (AfricasTalkingProvider stranger = provider("wrong")) {
            assertThat(stranger.submit(List.of(Accounts.to(1, "Hello"))))
                    .containsExactly(Refused.because(FailureReason.ACCOUNT, "401", "refused with HTTP status 401"));
        }
    }

    @ParameterizedTest
    @EnumSource(value = SubmissionFault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void whateverGoesWrongNoMessageIsTakenThatIsCalledRefused(SubmissionFault fault) {
        carrier.nextSubmissions(2, fault);

        List<SubmitOutcome> outcomes = provider.submit(List.of(Accounts.to(1, "Hello"), Accounts.to(2, "Hello")));

        assertThat(outcomes).allSatisfy(outcome -> {
            switch (fault) {
                case THROTTLE, HTTP429 ->
                    assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(FailureReason.THROTTLED));
                case PART_REFUSED -> assertThat(outcome).isInstanceOf(Accepted.class); // its answers know no parts
                default -> assertThat(outcome).isInstanceOf(Unknown.class);
            }
        });
        assertThat(carrier.ledger().acceptedMoreThanOnce()).isEmpty();
        assertThat(carrier.ledger().size()).isEqualTo(fault.accepts() ? 2 : 0);
        assertThat(carrier.statistics().requests()).isEqualTo(1);
    }

    @Test
    void aPhoneIsHeardAndBelieved() throws Exception {
        assertThat(carrier.sendText("africastalking", Accounts.number(1), "20880", "Habari"))
                .isTrue();
        var text = (InboundText) nextEvent();
        assertThat(carrier.sendOptOut("africastalking", Accounts.number(1), "Acme"))
                .isTrue();

        assertThat(text.from()).isEqualTo(Accounts.number(1));
        assertThat(text.to()).isEqualTo("20880");
        assertThat(text.text()).isEqualTo("Habari");
        assertThat(text.receivedAt()).isNotNull();
        assertThat(nextEvent())
                .isEqualTo(new ConsentChange(
                        ProviderAccount.of("africastalking"),
                        null,
                        PhoneNumber.parse(Accounts.number(1)),
                        ConsentChange.Consent.WITHDRAWN,
                        "Acme"));
    }

    private AfricasTalkingProvider provider(String apiKey) {
        return Accounts.provider(Map.of(
                "base-url", carrier.baseUrl().toString(),
                "username", CREDENTIALS.username(),
                "api-key", apiKey,
                "timeout", Duration.ofSeconds(3).toString(),
                "webhook-secret", Accounts.WEBHOOK_SECRET));
    }

    private URI hookUrl(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + hook.getAddress().getPort() + pathAndQuery);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            WebhookVerdict verdict = provider.parse(new WebhookRequest(
                    exchange.getRequestMethod(),
                    hookUrl(exchange.getRequestURI().toString()).toString(),
                    new HashMap<>(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes()));
            verdicts.add(verdict);
            exchange.sendResponseHeaders(verdict.status(), -1);
        }
    }

    private WebhookEvent nextEvent() throws InterruptedException {
        WebhookVerdict verdict = verdicts.poll(10, TimeUnit.SECONDS);
        assertThat(verdict).isNotNull();
        assertThat(verdict.events()).as(verdict.detail()).hasSize(1);
        return verdict.events().get(0);
    }
}
