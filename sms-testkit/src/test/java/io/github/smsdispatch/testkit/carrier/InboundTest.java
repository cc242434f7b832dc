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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A text from a phone")
class InboundTest {
    private final SteppingClock clock = new SteppingClock();
    private final ReceiptInbox inbox;
    private CarrierSimulator carrier;

    InboundTest() throws IOException {
        inbox = new ReceiptInbox();
        carrier = builder().inboundUrl(inbox.url("/in?x=%2B")).start();
    }

    @AfterEach
    void stop() {
        carrier.close();
        inbox.close();
    }

    private CarrierSimulator.Builder builder() {
        return CarrierSimulator.builder()
                .twilio(Client.TWILIO)
                .vonage(Client.VONAGE)
                .clock(clock);
    }

    private boolean send(String provider, String text) throws InterruptedException {
        return carrier.sendText(provider, Client.RECIPIENT, Client.SENDER, text);
    }

    @Test
    @DisplayName("comes from Twilio as one signed form, however long it is")
    void twilio() throws Exception {
        String text = "hello & ".repeat(30);
        assertThat(send("twilio", text)).isTrue();

        ReceiptInbox.Arrival arrival = inbox.next();
        Map<String, String> form = arrival.form().asMap();
        assertThat(arrival.method()).isEqualTo("POST");
        assertThat(form)
                .containsEntry("AccountSid", Client.TWILIO.accountSid())
                .containsEntry("From", Client.RECIPIENT)
                .containsEntry("To", Client.SENDER)
                .containsEntry("Body", text)
                .containsEntry("NumMedia", "0")
                .containsEntry("NumSegments", "2")
                .containsEntry("SmsStatus", "received")
                .containsEntry("ApiVersion", "2010-04-01")
                .containsEntry("FromCity", "")
                .doesNotContainKey("OptOutType");
        assertThat(form.get("MessageSid")).matches("SM[0-9a-f]{32}");
        assertThat(form).containsEntry("SmsSid", form.get("MessageSid"));
        assertThat(form).containsEntry("SmsMessageSid", form.get("MessageSid"));
        assertThat(arrival.signature())
                .isEqualTo(TwilioSignature.of(
                        Client.TWILIO.authToken(), inbox.url("/in?x=%2B").toString(), form));
        assertThat(inbox.waiting()).isZero();
    }

    @Test
    @DisplayName("has an id of its own each time")
    void ids() throws Exception {
        send("twilio", "same");
        send("twilio", "same");

        assertThat(inbox.next().form().get("MessageSid"))
                .isNotEqualTo(inbox.next().form().get("MessageSid"));
    }

    @ParameterizedTest
    @DisplayName("that is a STOP word opts out of Twilio and says so, and nowhere else")
    @ValueSource(strings = {"STOP", " stop ", "Unsubscribe", "CANCEL", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT"})
    void stopWord(String word) throws Exception {
        var client = new Client(carrier);
        send("twilio", word);

        assertThat(inbox.next().form().get("OptOutType")).isEqualTo("STOP");
        assertThat(Client.json(client.twilio("hello")).get("code").asInt()).isEqualTo(21610);
        assertThat(Client.json(client.vonage("hello")).at("/messages/0/status").asText())
                .isEqualTo("0");
    }

    @Test
    @DisplayName("that says START takes a STOP back, whoever said it")
    void startWord() throws Exception {
        var client = new Client(carrier);
        carrier.optOut(Client.RECIPIENT);
        send("twilio", "start");

        assertThat(inbox.next().form().get("OptOutType")).isEqualTo("START");
        assertThat(client.twilio("hello").statusCode()).isEqualTo(201);
        assertThat(Client.json(client.vonage("hello")).at("/messages/0/status").asText())
                .isEqualTo("7");
    }

    @Test
    @DisplayName("is no STOP if it says more than the word, and HELP changes nothing")
    void noStop() throws Exception {
        send("twilio", "stop it");
        send("twilio", "help");

        assertThat(inbox.next().form().get("OptOutType")).isNull();
        assertThat(inbox.next().form().get("OptOutType")).isEqualTo("HELP");
        assertThat(new Client(carrier).twilio("hello").statusCode()).isEqualTo(201);
    }

    @Test
    @DisplayName("comes from Vonage as signed JSON")
    void vonage() throws Exception {
        assertThat(send("vonage", "hello there")).isTrue();

        Map<String, String> fields = strings(Json.parse(inbox.next().body()));
        assertThat(fields)
                .containsEntry("msisdn", "12025550123")
                .containsEntry("to", "12025550199")
                .containsEntry("text", "hello there")
                .containsEntry("type", "text")
                .containsEntry("keyword", "HELLO")
                .containsEntry("message-timestamp", "2026-11-20 12:00:00")
                .containsEntry("api-key", Client.VONAGE.apiKey())
                .doesNotContainKey("concat");
        assertThat(fields.get("messageId")).matches("[0-9a-f-]{36}");
        assertThat(fields.get("sig"))
                .isEqualTo(
                        VonageSignature.of(fields, Client.VONAGE.signatureSecret(), Client.VONAGE.signatureMethod()));
    }

    @ParameterizedTest
    @DisplayName("that is long comes from Vonage in parts, cut as in the air, each with an id of its own")
    @CsvSource({"x, 161, text, 153", "\u4f60, 71, unicode, 67", "\u20ac, 81, text, 76", "\ud83d\ude00, 36, unicode, 33"
    })
    void parts(String character, int count, String type, int inFirst) throws Exception {
        assertThat(send("vonage", character.repeat(count))).isTrue();
        JsonNode first = Json.parse(inbox.next().body());
        JsonNode second = Json.parse(inbox.next().body());

        assertThat(inbox.waiting()).isZero();
        assertThat(first.get("text").textValue()).isEqualTo(character.repeat(inFirst));
        assertThat(second.get("text").textValue()).isEqualTo(character.repeat(count - inFirst));
        for (JsonNode part : List.of(first, second)) {
            assertThat(part.get("type").textValue()).isEqualTo(type);
            assertThat(part.get("concat").textValue()).isEqualTo("true");
            assertThat(part.get("concat-total").textValue()).isEqualTo("2");
        }
        assertThat(first.get("concat-part").textValue()).isEqualTo("1");
        assertThat(second.get("concat-part").textValue()).isEqualTo("2");
        assertThat(first.get("concat-ref")).isEqualTo(second.get("concat-ref"));
        assertThat(first.get("messageId")).isNotEqualTo(second.get("messageId"));
    }

    @Test
    @DisplayName("comes from Vonage in the format that the account has for receipts")
    void vonageFormat() throws Exception {
        carrier.close();
        carrier = builder()
                .vonageReceipts(VonageReceiptFormat.GET_QUERY)
                .inboundUrl("vonage", inbox.url("/vonage"))
                .inboundUrl(inbox.url("/others"))
                .start();
        send("vonage", "hello");
        send("twilio", "hello");
        ReceiptInbox.Arrival first = inbox.next();

        assertThat(first.method()).isEqualTo("GET");
        assertThat(first.uri().getPath()).isEqualTo("/vonage");
        assertThat(Form.parse(first.uri().getRawQuery()).get("text")).isEqualTo("hello");
        assertThat(inbox.next().uri().getPath()).isEqualTo("/others");
    }

    @Test
    @DisplayName("is posted once, whether the receiver takes it or not, and each part for itself")
    void once() throws Exception {
        inbox.refuseNext(2);

        assertThat(send("twilio", "hello")).isFalse();
        assertThat(send("vonage", "x".repeat(161))).isFalse();
        var parts = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            parts.add(inbox.next().method());
        }
        assertThat(parts).hasSize(3);
        assertThat(inbox.waiting()).isZero();
    }

    @Test
    @DisplayName("goes nowhere without an address, and to no address elsewhere")
    void address() {
        try (CarrierSimulator deaf = builder().start()) {
            assertThatThrownBy(() -> deaf.sendText("twilio", Client.RECIPIENT, Client.SENDER, "stop"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("inboundUrl");
        }
        assertThatThrownBy(() ->
                        builder().inboundUrl(URI.create("http://192.0.2.1/in")).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("inboundUrl must be an address on this machine");
        assertThatThrownBy(() -> builder().receiptUrl("infobip", inbox.url("/")).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("receiptUrl is set for provider infobip");
    }

    @Test
    @DisplayName("needs a provider that is played, a phone's number and something to say")
    void arguments() {
        assertThatThrownBy(() -> send("infobip", "hello"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not played, only twilio, vonage");
        assertThatThrownBy(() -> carrier.sendText("twilio", "12025550123", Client.SENDER, "hello"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> send("twilio", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("is the only way to opt out at providers that do not tell of it otherwise")
    void noOptOutNotice() throws Exception {
        assertThatThrownBy(() -> carrier.sendOptOut("twilio", Client.RECIPIENT, Client.SENDER))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(new Client(carrier).twilio("hello").statusCode()).isEqualTo(201);
    }

    private static Map<String, String> strings(JsonNode json) {
        return json.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue()
                .textValue()));
    }
}
