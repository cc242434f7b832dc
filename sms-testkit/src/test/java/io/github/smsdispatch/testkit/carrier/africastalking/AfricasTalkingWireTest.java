package io.github.smsdispatch.testkit.carrier.africastalking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.testkit.carrier.AfricasTalkingCredentials;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.Client;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.Ledger;
import io.github.smsdispatch.testkit.carrier.LedgerEntry;
import io.github.smsdispatch.testkit.carrier.ReceiptInbox;
import io.github.smsdispatch.testkit.carrier.SteppingClock;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A carrier that plays Africa's Talking")
class AfricasTalkingWireTest {
    private static final AfricasTalkingCredentials ACCOUNT =
            AfricasTalkingCredentials.fake().withUnknownSender("Nobody");
    private static final String ONE = "+254700000001";
    private static final String TWO = "+254700000002";

    private final SteppingClock clock = new SteppingClock();
    private final ReceiptInbox inbox;
    private final CarrierSimulator carrier;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> good =
            Client.form("username", ACCOUNT.username(), "to", ONE + "," + TWO, "message", "hello", "from", "Acme");

    AfricasTalkingWireTest() throws IOException {
        inbox = new ReceiptInbox();
        carrier = CarrierSimulator.builder()
                .africasTalking(ACCOUNT)
                .clock(clock)
                .faults(FaultScript.of("delivery=3s"))
                .receiptUrl("africastalking", inbox.url("/receipts/secret"))
                .inboundUrl(inbox.url("/inbound?key=secret"))
                .start();
    }

    @AfterEach
    void stop() {
        carrier.close();
        inbox.close();
    }

    @Test
    @DisplayName("answers 201 with an entry for each recipient, and has them all in its ledger")
    void accepts() throws Exception {
        HttpResponse<String> answer = post(good);

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode data = Json.parse(answer.body()).get("SMSMessageData");
        assertThat(data.get("Message").asText()).isEqualTo("Sent to 2/2 Total Cost: KES 1.6000");
        assertThat(data.get("Recipients")).hasSize(2);
        JsonNode first = data.get("Recipients").get(0);
        String id = first.get("messageId").asText();
        assertThat(id).matches("ATXid_[0-9a-f]{32}");
        assertThat(first)
                .isEqualTo(Json.object()
                        .put("statusCode", 102)
                        .put("number", ONE)
                        .put("cost", "KES 0.8000")
                        .put("status", "Success")
                        .put("messageId", id)
                        .put("messageParts", 1));
        assertThat(carrier.ledger().entries())
                .hasSize(2)
                .contains(new LedgerEntry(
                        "africastalking",
                        List.of(id),
                        null,
                        ONE,
                        Ledger.textHash("hello"),
                        1,
                        clock.instant(),
                        CarrierState.ACCEPTED));
    }

    @Test
    @DisplayName("says sent instead of queued to whom does not want to queue")
    void withoutQueue() throws Exception {
        assertThat(recipient(post(Client.with(good, "enqueue", "0")), 0)
                        .get("statusCode")
                        .asInt())
                .isEqualTo(101);
    }

    @Test
    @DisplayName("takes the good recipients of a request and declines the others, each with its own code")
    void mixed() throws Exception {
        carrier.optOut(TWO);

        HttpResponse<String> answer = post(Client.with(good, "to", ONE + "," + TWO + ",0700000003"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(Json.parse(answer.body()).at("/SMSMessageData/Message").asText())
                .isEqualTo("Sent to 1/3 Total Cost: KES 0.8000");
        assertThat(recipient(answer, 0).get("statusCode").asInt()).isEqualTo(102);
        assertThat(recipient(answer, 1)).isEqualTo(declined(406, TWO, "UserInBlacklist"));
        assertThat(recipient(answer, 2)).isEqualTo(declined(403, "0700000003", "InvalidPhoneNumber"));
        assertThat(carrier.ledger().size()).isEqualTo(1);
        assertThat(carrier.statistics().refused())
                .isEqualTo(Map.of("africastalking 403", 1L, "africastalking 406", 1L));
    }

    @Test
    @DisplayName("declines all with a 201 and no cost")
    void noneTaken() throws Exception {
        HttpResponse<String> answer = post(Client.with(good, "to", "nobody"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(Json.parse(answer.body()).at("/SMSMessageData/Message").asText())
                .isEqualTo("Sent to 0/1 Total Cost: 0");
    }

    @Test
    @DisplayName("answers 201 with no recipient at all if the sender is not registered")
    void unknownSender() throws Exception {
        HttpResponse<String> answer = post(Client.with(good, "from", "Nobody"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("{\"SMSMessageData\":{\"Message\":\"InvalidSenderId\",\"Recipients\":[]}}");
        assertThat(carrier.ledger().size()).isZero();
        assertThat(carrier.statistics().refused()).isEqualTo(Map.of("africastalking InvalidSenderId", 1L));
    }

    @Test
    @DisplayName("answers a wrong key or username in plain text")
    void authentication() throws Exception {
        HttpResponse<String> wrongKey = post(good, "apiKey", "wrong", "Accept", "application/json");
        HttpResponse<String> wrongUser = post(Client.with(good, "username", "sandbox"));

        assertThat(wrongKey.statusCode()).isEqualTo(401);
        assertThat(wrongKey.body()).isEqualTo("The supplied authentication is invalid");
        assertThat(wrongKey.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(wrongKey.headers().firstValue("WWW-Authenticate")).contains("Basic");
        assertThat(wrongUser.statusCode()).isEqualTo(401);
        assertThat(carrier.ledger().size()).isZero();
    }

    @ParameterizedTest
    @DisplayName("wants username, recipients and text")
    @ValueSource(strings = {"username", "to", "message"})
    void missing(String parameter) throws Exception {
        HttpResponse<String> answer = post(Client.with(good, parameter, ""));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("'" + parameter + "'");
        assertThat(carrier.ledger().size()).isZero();
    }

    @Test
    @DisplayName("answers in XML to whom does not ask for JSON")
    void xml() throws Exception {
        HttpResponse<String> answer = post(good, "apiKey", ACCOUNT.apiKey());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body())
                .startsWith("<AfricasTalkingResponse>")
                .contains("<number>" + ONE + "</number>", "<number>" + TWO + "</number>");
    }

    @Test
    @DisplayName("shows the inbox to whom asks, and nothing of what was sent")
    void inboxIsNoLookUp() throws Exception {
        String id = recipient(post(good), 0).get("messageId").asText();
        var request = HttpRequest.newBuilder(URI.create(
                        carrier.baseUrl() + "/version1/messaging?username=" + ACCOUNT.username() + "&messageId=" + id))
                .header("apiKey", ACCOUNT.apiKey())
                .build();

        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"SMSMessageData\":{\"Messages\":[]}}");
    }

    @Test
    @DisplayName("reports on each recipient by id, to the account's URL as it stands")
    void receipts() throws Exception {
        String id = recipient(post(Client.with(good, "to", ONE)), 0)
                .get("messageId")
                .asText();

        ReceiptInbox.Arrival sent = inbox.nextAs(clock);
        ReceiptInbox.Arrival delivered = inbox.nextAs(clock);

        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.uri()).hasToString("/receipts/secret");
        assertThat(sent.form().asMap())
                .isEqualTo(Map.of("id", id, "status", "Sent", "phoneNumber", ONE, "networkCode", "99999"));
        assertThat(delivered.form().get("status")).isEqualTo("Success");
    }

    @Test
    @DisplayName("says that it failed, and not that the handset is away, when the validity is over")
    void expiry() throws Exception {
        carrier.faults(FaultScript.of("delivery=72h"));
        post(Client.with(good, "to", ONE));

        clock.step(Duration.ofHours(25));
        assertThat(inbox.nextAs(clock).form().get("status")).isEqualTo("Sent");
        clock.step(Duration.ofHours(25));
        Form expired = inbox.nextAs(clock).form();

        assertThat(expired.get("status")).isEqualTo("Failed");
        assertThat(expired.get("failureReason")).isEqualTo("DeliveryFailure");
        assertThat(carrier.ledger().entries()).extracting(LedgerEntry::state).containsExactly(CarrierState.EXPIRED);
    }

    @Test
    @DisplayName("says why it could not deliver")
    void failure() throws Exception {
        carrier.faults(FaultScript.of("undelivered=100%"));
        post(Client.with(good, "to", ONE));

        inbox.nextAs(clock);
        Form failed = inbox.nextAs(clock).form();

        assertThat(failed.get("status")).isEqualTo("Failed");
        assertThat(failed.get("failureReason"))
                .isIn(
                        "UserIsInactive",
                        "UserAccountSuspended",
                        "UserDoesNotExist",
                        "NotNetworkSubcriber",
                        "DeliveryFailure");
    }

    @Test
    @DisplayName("hands over a text from a phone, its time with or without zone")
    void inbound() throws Exception {
        for (int i = 0; i < 8; i++) {
            assertThat(carrier.sendText("africastalking", ONE, "20880", "Habari & karibu"))
                    .isTrue();
            ReceiptInbox.Arrival arrival = inbox.next();

            assertThat(arrival.uri()).hasToString("/inbound?key=secret");
            assertThat(arrival.form().names())
                    .containsExactlyInAnyOrder("linkId", "text", "to", "id", "date", "from", "networkCode", "cost");
            assertThat(arrival.form().get("text")).isEqualTo("Habari & karibu");
            assertThat(arrival.form().get("from")).isEqualTo(ONE);
            assertThat(arrival.form().get("to")).isEqualTo("20880");
            assertThat(arrival.form().get("date")).isIn("2026-11-20T12:00:00Z", "2026-11-20 12:00:00");
        }
    }

    @Test
    @DisplayName("tells of an opt-out, and from then on declines the recipient for that sender only")
    void optOut() throws Exception {
        assertThat(carrier.sendOptOut("africastalking", ONE, "Acme")).isTrue();

        assertThat(inbox.next().form().asMap()).isEqualTo(Map.of("senderId", "Acme", "phoneNumber", ONE));
        assertThat(recipient(post(good), 0)).isEqualTo(declined(406, ONE, "UserInBlacklist"));
        assertThat(recipient(post(Client.with(good, "from", "Other")), 0)
                        .get("statusCode")
                        .asInt())
                .isEqualTo(102);
    }

    @ParameterizedTest
    @DisplayName("fails in plain text where it fails itself")
    @CsvSource({"THROTTLE, 429, 0", "HTTP503, 503, 0", "ERROR_AFTER_ACCEPT, 500, 2"})
    void faults(SubmissionFault fault, int status, int accepted) throws Exception {
        carrier.nextSubmissions(2, fault);

        HttpResponse<String> answer = post(good);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(carrier.ledger().size()).isEqualTo(accepted);
    }

    @Test
    @DisplayName("knows no other path or method")
    void otherPaths() throws Exception {
        var bulk = HttpRequest.newBuilder(URI.create(carrier.baseUrl() + "/version1/messaging/bulk"))
                .POST(BodyPublishers.ofString("{}"))
                .build();
        var delete = HttpRequest.newBuilder(URI.create(carrier.baseUrl() + "/version1/messaging"))
                .DELETE()
                .build();

        assertThat(http.send(bulk, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
        assertThat(http.send(delete, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> post(Map<String, String> form) throws Exception {
        return post(form, "apiKey", ACCOUNT.apiKey(), "Accept", "application/json");
    }

    private HttpResponse<String> post(Map<String, String> form, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(carrier.baseUrl() + "/version1/messaging"))
                .headers(headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Form.encode(form)))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static JsonNode recipient(HttpResponse<String> answer, int index) {
        return Json.parse(answer.body()).at("/SMSMessageData/Recipients/" + index);
    }

    private static JsonNode declined(int code, String number, String word) {
        return Json.object()
                .put("statusCode", code)
                .put("number", number)
                .put("cost", "0")
                .put("status", word)
                .put("messageId", "None");
    }
}
