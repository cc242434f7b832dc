package io.github.smsdispatch.testkit.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.Client;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.Ledger;
import io.github.smsdispatch.testkit.carrier.LedgerEntry;
import io.github.smsdispatch.testkit.carrier.SteppingClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A carrier that plays Twilio")
class TwilioWireTest {
    private final SteppingClock clock = new SteppingClock();
    private final CarrierSimulator carrier = CarrierSimulator.builder()
            .twilio(Client.TWILIO)
            .clock(clock)
            .faults(FaultScript.of("delivery=3s"))
            .start();
    private final Client client = new Client(carrier);
    private final Map<String, String> good =
            Client.form("To", Client.RECIPIENT, "From", Client.SENDER, "Body", "hello");

    @AfterEach
    void stop() {
        carrier.close();
    }

    @Test
    @DisplayName("answers 201 with the message resource, and has the message in its ledger")
    void accepts() throws Exception {
        HttpResponse<String> answer = client.twilio(Client.with(
                good, "StatusCallback", "http://127.0.0.1:9/hook?ref=0198c0de-0000-7000-8000-000000000001"));

        JsonNode message = Client.json(answer);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(message.get("sid").asText()).matches("SM[0-9a-f]{32}");
        assertThat(message.get("status").asText()).isEqualTo("queued");
        assertThat(message.get("num_segments").asText()).isEqualTo("1");
        assertThat(message.get("error_code").isNull()).isTrue();
        assertThat(message.get("date_created").asText()).isEqualTo("Fri, 20 Nov 2026 12:00:00 +0000");
        assertThat(carrier.ledger().entries())
                .containsExactly(new LedgerEntry(
                        "twilio",
                        List.of(message.get("sid").asText()),
                        "0198c0de-0000-7000-8000-000000000001",
                        Client.RECIPIENT,
                        Ledger.textHash("hello"),
                        1,
                        clock.instant(),
                        CarrierState.ACCEPTED));
    }

    @Test
    @DisplayName("chooses the sender of a messaging service only after the answer")
    void messagingService() throws Exception {
        JsonNode created = Client.json(client.twilio(
                Client.form("To", Client.RECIPIENT, "MessagingServiceSid", "MG" + "0".repeat(32), "Body", "hello")));
        clock.step(Duration.ofSeconds(1));
        JsonNode sent =
                Client.json(client.getTwilio(Client.message(created.get("sid").asText())));

        assertThat(created.get("status").asText()).isEqualTo("accepted");
        assertThat(created.get("from").isNull()).isTrue();
        assertThat(created.get("num_segments").asText()).isEqualTo("0");
        assertThat(sent.get("from").asText()).isEqualTo(TwilioMessages.POOL_SENDER);
    }

    @ParameterizedTest
    @DisplayName("refuses what Twilio refuses, with Twilio's code, and accepts nothing")
    @CsvSource({
        "To, '', 21604",
        "To, 2025550123, 21211",
        "To, +15005550009, 21614",
        "From, '', 21603",
        "From, not a sender!, 21212",
        "From, +12025550123, 21266",
        "Body, '', 21602",
        "ValidityPeriod, 0, 21624",
        "ValidityPeriod, 36001, 21624",
        "ValidityPeriod, soon, 21624",
        "StatusCallback, http://under_score/x, 21609",
        "StatusCallback, nowhere, 21609",
        "MessagingServiceSid, MG1, 21705"
    })
    void refuses(String parameter, String value, int code) throws Exception {
        HttpResponse<String> answer = client.twilio(Client.with(good, parameter, value));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Client.json(answer).get("code").asInt()).isEqualTo(code);
        assertThat(Client.json(answer).get("status").asInt()).isEqualTo(400);
        assertThat(carrier.ledger().size()).isZero();
        assertThat(carrier.statistics().refused()).containsEntry("twilio " + code, 1L);
    }

    @Test
    @DisplayName("refuses a body of more than 1,600 characters and takes one of 1,600")
    void bodyLimit() throws Exception {
        assertThat(Client.json(client.twilio("x".repeat(1601))).get("code").asInt())
                .isEqualTo(21617);
        assertThat(client.twilio("x".repeat(1600)).statusCode()).isEqualTo(201);
    }

    @Test
    @DisplayName("refuses a recipient who opted out with 21610")
    void optedOut() throws Exception {
        carrier.optOut(Client.RECIPIENT);

        assertThat(Client.json(client.twilio(good)).get("code").asInt()).isEqualTo(21610);
    }

    @Test
    @DisplayName("answers 429 with 21611 to the magic sender whose queue is full")
    void queueFull() throws Exception {
        HttpResponse<String> answer = client.twilio(Client.with(good, "From", "+15005550008"));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(Client.json(answer).get("code").asInt()).isEqualTo(21611);
    }

    @Test
    @DisplayName("answers 401 to a wrong token, 404 to a wrong account or path")
    void authentication() throws Exception {
        var wrongToken = client.post(Client.messages(), Client.TWILIO.accountSid(), "wrong", good);
        var wrongAccount = client.post(
                Client.messages().replace("AC", "AX"), Client.TWILIO.accountSid(), Client.TWILIO.authToken(), good);

        assertThat(Client.json(client.send(wrongToken)).get("code").asInt()).isEqualTo(20003);
        assertThat(client.send(wrongToken).statusCode()).isEqualTo(401);
        assertThat(Client.json(client.send(wrongAccount)).get("code").asInt()).isEqualTo(20404);
        assertThat(client.getTwilio("/elsewhere").statusCode()).isEqualTo(404);
        assertThat(carrier.ledger().size()).isZero();
    }

    @Test
    @DisplayName("shows a message on its way: queued, sent, delivered")
    void fetch() throws Exception {
        String sid = Client.json(client.twilio(good)).get("sid").asText();

        assertThat(status(sid)).isEqualTo("queued");
        clock.step(Duration.ofSeconds(1));
        assertThat(status(sid)).isEqualTo("sent");
        clock.step(Duration.ofSeconds(2));
        assertThat(status(sid)).isEqualTo("delivered");
        assertThat(carrier.ledger().byMessageId(sid).orElseThrow().state()).isEqualTo(CarrierState.DELIVERED);
        assertThat(client.getTwilio(Client.message("SM0")).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("fails a message with 30036 when its validity ends before it could be delivered")
    void expires() throws Exception {
        String sid = Client.json(client.twilio(Client.with(good, "ValidityPeriod", "2")))
                .get("sid")
                .asText();
        clock.step(Duration.ofSeconds(2));

        JsonNode message = Client.json(client.getTwilio(Client.message(sid)));
        assertThat(message.get("status").asText()).isEqualTo("failed");
        assertThat(message.get("error_code").asInt()).isEqualTo(30036);
    }

    @Test
    @DisplayName("lists newest first, page by page through next_page_uri, filtered by To")
    void lists() throws Exception {
        for (int i = 1; i <= 5; i++) {
            client.twilio("text " + i);
        }
        client.twilio(Client.with(good, "To", "+12025550124"));

        var bodies = new ArrayList<String>();
        var sizes = new ArrayList<Integer>();
        String uri = Client.messages() + "?PageSize=2&To=%2B12025550123";
        while (uri != null) {
            JsonNode page = Client.json(client.getTwilio(uri));
            page.get("messages")
                    .forEach(message -> bodies.add(message.get("body").asText()));
            sizes.add(page.get("messages").size());
            uri = page.get("next_page_uri").textValue();
        }

        assertThat(bodies).containsExactly("text 5", "text 4", "text 3", "text 2", "text 1");
        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    @DisplayName("does not skip or repeat when messages arrive between two pages")
    void pagesAreStable() throws Exception {
        for (int i = 1; i <= 3; i++) {
            client.twilio("text " + i);
        }
        JsonNode first = Client.json(client.getTwilio(Client.messages() + "?PageSize=2"));
        client.twilio("late");
        JsonNode second =
                Client.json(client.getTwilio(first.get("next_page_uri").asText()));

        assertThat(second.get("messages")).hasSize(1);
        assertThat(second.get("messages").get(0).get("body").asText()).isEqualTo("text 1");
        assertThat(second.get("previous_page_uri").isNull()).isFalse();
    }

    @Test
    @DisplayName("finds by DateSent only what has been sent, both bounds included")
    void dateSent() throws Exception {
        client.twilio("early");
        clock.step(Duration.ofDays(1));
        client.twilio("today");

        assertThat(found("DateSent%3E=2026-11-20&DateSent%3C=2026-11-20")).containsExactly("early");
        assertThat(found("DateSent%3E=2026-11-21")).isEmpty();
        clock.step(Duration.ofSeconds(1));
        assertThat(found("DateSent=2026-11-21")).containsExactly("today");
        assertThat(found("DateSent%3E=2026-11-20")).containsExactly("today", "early");
        assertThat(found("DateSent%3E=2026-11-21T12:00:01")).containsExactly("today");
        assertThat(found("DateSent%3E=2026-11-21T12:00:02")).isEmpty();
        assertThat(found("DateSent%3E=2026-11-21T13:00:01%2B01:00")).containsExactly("today");
        assertThat(found("DateSent%3C=2026-11-21T12:00:00Z")).containsExactly("early");
        assertThat(client.getTwilio(Client.messages() + "?DateSent=yesterday").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"DateSent=yesterday", "DateSent%3E=2026-13-01", "DateSent%3C=%2B999999999-12-31"})
    @DisplayName("refuses what is no date also while there is no message")
    void noDate(String query) throws Exception {
        assertThat(client.getTwilio(Client.messages() + "?" + query).statusCode())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("hides a new message from lists for as long as the script says, but not from a fetch")
    void listingLag() throws Exception {
        carrier.faults(FaultScript.of("listing-lag=2s"));
        String sid = Client.json(client.twilio("new")).get("sid").asText();

        assertThat(found("")).isEmpty();
        assertThat(client.getTwilio(Client.message(sid)).statusCode()).isEqualTo(200);
        clock.step(Duration.ofSeconds(2));
        assertThat(found("")).containsExactly("new");
    }

    @Test
    @DisplayName("lets an API key sign in for the account")
    void apiKey() throws Exception {
        String key = String.valueOf(Client.TWILIO.apiKeySid());
        var good = client.post(Client.messages(), key, String.valueOf(Client.TWILIO.apiKeySecret()), this.good);
        var crossed = client.post(Client.messages(), key, Client.TWILIO.authToken(), this.good);

        assertThat(client.send(good).statusCode()).isEqualTo(201);
        assertThat(client.send(crossed).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @DisplayName("knows what kind of line a number has, when it is asked for it")
    @CsvSource({
        "%2B12025550123, mobile",
        "+12025550123, mobile",
        "%2B15005550009, landline",
        "%2B15005550010, nonFixedVoip",
        "%2B15005550011, tollFree"
    })
    void lineType(String number, String type) throws Exception {
        JsonNode free = Client.json(client.getTwilio("/v2/PhoneNumbers/" + number));
        JsonNode paid = Client.json(client.getTwilio("/v2/PhoneNumbers/" + number + "?Fields=line_type_intelligence"));

        assertThat(free.get("valid").asBoolean()).isTrue();
        assertThat(free.get("line_type_intelligence").isNull()).isTrue();
        assertThat(paid.get("line_type_intelligence").get("type").asText()).isEqualTo(type);
        assertThat(paid.get("line_type_intelligence").get("error_code").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @DisplayName("calls a number invalid with 200 and the reason")
    @CsvSource({"%2B15005550001, INVALID_LENGTH", "%2B15005550002, INVALID_BUT_POSSIBLE", "nobody, NOT_A_NUMBER"})
    void invalidNumbers(String number, String reason) throws Exception {
        HttpResponse<String> answer = client.getTwilio("/v2/PhoneNumbers/" + number + "?Fields=line_type_intelligence");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Client.json(answer).get("valid").asBoolean()).isFalse();
        assertThat(Client.json(answer).get("validation_errors").get(0).asText()).isEqualTo(reason);
        assertThat(Client.json(answer).get("line_type_intelligence").isNull()).isTrue();
    }

    @Test
    @DisplayName("fails one package of a look-up within an answer that is fine otherwise")
    void packageFailure() throws Exception {
        JsonNode number =
                Client.json(client.getTwilio("/v2/PhoneNumbers/%2B15005550012?Fields=line_type_intelligence"));

        assertThat(number.get("valid").asBoolean()).isTrue();
        assertThat(number.get("line_type_intelligence").get("error_code").asInt())
                .isEqualTo(60600);
    }

    @Test
    @DisplayName("tells nobody about a number who does not sign in")
    void lookUpNeedsCredentials() throws Exception {
        assertThat(client.get("/v2/PhoneNumbers/%2B12025550123", Client.TWILIO.accountSid(), "wrong")
                        .statusCode())
                .isEqualTo(401);
    }

    private List<String> found(String query) throws Exception {
        JsonNode page = Client.json(client.getTwilio(Client.messages() + "?" + query));
        return page.get("messages").findValuesAsText("body");
    }

    private String status(String sid) throws Exception {
        return Client.json(client.getTwilio(Client.message(sid))).get("status").asText();
    }
}
