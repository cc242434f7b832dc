package io.github.smsdispatch.testkit.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.testkit.carrier.twilio.TwilioSignature;
import io.github.smsdispatch.testkit.carrier.vonage.VonageSignature;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Receipts")
class ReceiptTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SteppingClock clock = new SteppingClock();
    private final ReceiptInbox inbox;
    private CarrierSimulator carrier;

    ReceiptTest() throws IOException {
        inbox = new ReceiptInbox();
    }

    @AfterEach
    void stop() {
        carrier.close();
        inbox.close();
    }

    private Client start(String faults) {
        carrier = CarrierSimulator.builder()
                .twilio(Client.TWILIO)
                .vonage(Client.VONAGE)
                .clock(clock)
                .faults(FaultScript.of(faults))
                .start();
        return new Client(carrier);
    }

    @Test
    @DisplayName("of Twilio go to StatusCallback when due, signed over its whole URL, first sent and then delivered")
    void twilio() throws Exception {
        Client client = start("delivery=3s");
        URI callback = inbox.url("/hook?ref=my-ref&x=%2B");
        String sid = Client.json(client.twilio("hello", callback)).get("sid").asText();
        assertThat(carrier.statistics().receiptsOpen()).isEqualTo(2);

        clock.step(Duration.ofSeconds(1));
        ReceiptInbox.Arrival sent = inbox.next();
        clock.step(Duration.ofSeconds(2));
        ReceiptInbox.Arrival delivered = inbox.next();

        assertThat(sent.form().get("MessageStatus")).isEqualTo("sent");
        assertThat(delivered.method()).isEqualTo("POST");
        assertThat(delivered.uri().getRawQuery()).isEqualTo("ref=my-ref&x=%2B");
        assertThat(delivered.form().asMap())
                .containsEntry("MessageSid", sid)
                .containsEntry("SmsSid", sid)
                .containsEntry("MessageStatus", "delivered")
                .containsEntry("AccountSid", Client.TWILIO.accountSid())
                .containsEntry("From", Client.SENDER)
                .containsEntry("To", Client.RECIPIENT)
                .containsEntry("RawDlrDoneDate", "2611201200")
                .doesNotContainKey("ErrorCode");
        assertThat(delivered.signature())
                .isEqualTo(TwilioSignature.of(
                        Client.TWILIO.authToken(),
                        callback.toString(),
                        delivered.form().asMap()));
        assertThat(carrier.awaitReceipts(PATIENCE)).isTrue();
        assertThat(inbox.waiting()).isZero();
    }

    @Test
    @DisplayName("name an error code of the provider when the message is not delivered")
    void undelivered() throws Exception {
        Client client = start("delivery=3s,undelivered=100%");
        client.twilio("hello", inbox.url("/hook"));
        clock.step(Duration.ofSeconds(3));

        assertThat(inbox.next().form().get("MessageStatus")).isEqualTo("sent");
        Form last = inbox.next().form();
        assertThat(last.get("MessageStatus")).isEqualTo("undelivered");
        assertThat(last.get("ErrorCode")).matches("300[0-9]{2}");
        assertThat(carrier.ledger().entries().get(0).state()).isEqualTo(CarrierState.UNDELIVERED);
    }

    @Test
    @DisplayName("stop at sent for a message that is never heard of again")
    void noFinal() throws Exception {
        Client client = start("delivery=3s,no-final=100%");
        client.twilio("hello", inbox.url("/hook"));
        clock.step(Duration.ofDays(3));

        assertThat(inbox.next().form().get("MessageStatus")).isEqualTo("sent");
        assertThat(carrier.awaitReceipts(PATIENCE)).isTrue();
        assertThat(inbox.waiting()).isZero();
    }

    @Test
    @DisplayName("of Vonage come for each part, as signed JSON")
    void vonageJson() throws Exception {
        Client client = start("delivery=3s");
        var form = Client.with(
                Client.vonageForm("x".repeat(161)),
                "callback",
                inbox.url("/dlr").toString());
        List<String> ids = Client.json(client.vonage(Client.with(form, "client-ref", "my-ref")))
                .get("messages")
                .findValuesAsText("message-id");
        clock.step(Duration.ofSeconds(3));
        List<JsonNode> receipts = List.of(
                Json.parse(inbox.next().body()),
                Json.parse(inbox.next().body()),
                Json.parse(inbox.next().body()),
                Json.parse(inbox.next().body()));

        assertThat(receipts.stream().map(receipt -> receipt.get("status").asText()))
                .containsExactly("accepted", "accepted", "delivered", "delivered");
        assertThat(receipts.stream().skip(2).map(receipt -> receipt.get("messageId")
                        .asText()))
                .isEqualTo(ids);
        Map<String, String> last = strings(receipts.get(3));
        assertThat(last)
                .containsEntry("msisdn", "12025550123")
                .containsEntry("to", "AcmeInc")
                .containsEntry("client-ref", "my-ref")
                .containsEntry("err-code", "0")
                .containsEntry("scts", "2611201200")
                .containsEntry("message-timestamp", "2026-11-20 12:00:03")
                .containsEntry("api-key", Client.VONAGE.apiKey());
        assertThat(last.get("sig"))
                .isEqualTo(VonageSignature.of(last, Client.VONAGE.signatureSecret(), Client.VONAGE.signatureMethod()));
    }

    @Test
    @DisplayName("of Vonage come as a form, to the address of the account when the submission names none")
    void vonageForm() throws Exception {
        Form receipt = vonage(VonageReceiptFormat.POST_FORM, "/dlr").form();

        assertThat(receipt.get("status")).isEqualTo("accepted");
        assertThat(receipt.get("sig")).isNull();
    }

    @Test
    @DisplayName("of Vonage come as a GET, beside the query that the address has already")
    void vonageGet() throws Exception {
        ReceiptInbox.Arrival arrival = vonage(VonageReceiptFormat.GET_QUERY, "/dlr?mine=1");

        assertThat(arrival.method()).isEqualTo("GET");
        assertThat(Form.parse(arrival.uri().getRawQuery()).asMap())
                .containsEntry("mine", "1")
                .containsEntry("status", "accepted");
    }

    private ReceiptInbox.Arrival vonage(VonageReceiptFormat format, String path) throws Exception {
        carrier = CarrierSimulator.builder()
                .vonage(new VonageCredentials(Client.VONAGE.apiKey(), Client.VONAGE.apiSecret()))
                .vonageReceipts(format)
                .receiptUrl(inbox.url(path))
                .faults(FaultScript.of("delivery=1ms,no-final=100%"))
                .start();
        new Client(carrier).vonage("hello");
        return inbox.next();
    }

    @Test
    @DisplayName("lost: none comes, though the message is delivered")
    void lost() throws Exception {
        Client client = start("delivery=3s");
        carrier.nextMessages(1, ReceiptFault.LOSE_RECEIPT);
        client.twilio("lost", inbox.url("/hook"));
        clock.step(Duration.ofSeconds(3));
        client.twilio("not lost", inbox.url("/hook?second"));
        clock.step(Duration.ofSeconds(3));

        assertThat(inbox.next().uri().getQuery()).isEqualTo("second");
        assertThat(inbox.next().uri().getQuery()).isEqualTo("second");
        assertThat(carrier.awaitReceipts(PATIENCE)).isTrue();
        assertThat(inbox.waiting()).isZero();
        assertThat(carrier.ledger().entries()).extracting(LedgerEntry::state).containsOnly(CarrierState.DELIVERED);
        assertThat(carrier.statistics().receiptsLost()).isEqualTo(2);
    }

    @Test
    @DisplayName("early: all of them are there before the answer to the submission")
    void early() throws Exception {
        Client client = start("delivery=3s,early-receipt=100%");
        client.twilio("hello", inbox.url("/hook"));

        assertThat(inbox.waiting()).isEqualTo(2);
        assertThat(inbox.next().form().get("MessageStatus")).isEqualTo("sent");
        assertThat(inbox.next().form().get("MessageStatus")).isEqualTo("delivered");
    }

    @Test
    @DisplayName("early ones that the receiver does not take are tried again later")
    void earlyNotTaken() throws Exception {
        Client client = start("early-receipt=100%");
        inbox.refuseNext(1);
        client.twilio("hello", inbox.url("/hook"));

        assertThat(inbox.waiting()).isEqualTo(1);
        assertThat(status()).isEqualTo("sent");
        assertThat(inbox.nextAs(clock).form().get("MessageStatus")).isEqualTo("sent");
        assertThat(status()).isEqualTo("delivered");
        assertThat(carrier.awaitReceipts(PATIENCE)).isTrue();
    }

    @Test
    @DisplayName("repeated: each comes twice")
    void repeated() throws Exception {
        Client client = start("delivery=3s,repeat-receipt=100%");
        client.twilio("hello", inbox.url("/hook"));
        clock.step(Duration.ofSeconds(3));

        assertThat(List.of(status(), status(), status(), status()))
                .containsExactly("sent", "sent", "delivered", "delivered");
        assertThat(carrier.awaitReceipts(PATIENCE)).isTrue();
        assertThat(carrier.statistics().receiptsRepeated()).isEqualTo(2);
    }

    @Test
    @DisplayName("reordered: the final one comes first")
    void reordered() throws Exception {
        Client client = start("delivery=3s,reorder-receipt=100%");
        client.twilio("hello", inbox.url("/hook"));
        clock.step(Duration.ofSeconds(3));

        assertThat(List.of(status(), status())).containsExactly("delivered", "sent");
    }

    @Test
    @DisplayName("are tried again when the receiver does not answer 2xx, and later ones wait for earlier ones")
    void triedAgain() throws Exception {
        Client client = start("delivery=3s");
        inbox.refuseNext(2);
        client.twilio("hello", inbox.url("/hook"));
        var statuses = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            statuses.add(inbox.nextAs(clock).form().get("MessageStatus"));
        }

        assertThat(statuses).containsExactly("sent", "sent", "sent", "delivered");
        assertThat(carrier.awaitReceipts(PATIENCE)).isTrue();
        assertThat(carrier.statistics().receiptsSent()).isEqualTo(2);
    }

    @Test
    @DisplayName("are given up after four tries")
    void givenUp() throws Exception {
        Client client = start("delivery=3s,no-final=100%");
        inbox.refuseNext(100);
        client.twilio("hello", inbox.url("/hook"));
        for (int i = 0; i < 4; i++) {
            inbox.nextAs(clock);
        }

        assertThat(carrier.awaitReceipts(PATIENCE)).isTrue();
        assertThat(carrier.statistics().receiptsGivenUp()).isEqualTo(1);
        assertThat(inbox.waiting()).isZero();
    }

    @Test
    @DisplayName("never leave this machine")
    void staysHome() throws Exception {
        Client client = start("delivery=1s");
        client.twilio("hello", URI.create("http://192.0.2.1/hook"));

        assertThat(carrier.statistics().receiptsOpen()).isZero();
        assertThatThrownBy(() -> CarrierSimulator.builder()
                        .twilio(Client.TWILIO)
                        .receiptUrl(URI.create("http://192.0.2.1/hook"))
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("this machine");
    }

    private String status() throws InterruptedException {
        return inbox.next().form().get("MessageStatus");
    }

    private static Map<String, String> strings(JsonNode json) {
        return json.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue()
                .textValue()));
    }
}
