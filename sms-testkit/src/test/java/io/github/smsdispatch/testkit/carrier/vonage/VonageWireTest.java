package io.github.smsdispatch.testkit.carrier.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.Client;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.Ledger;
import io.github.smsdispatch.testkit.carrier.LedgerEntry;
import io.github.smsdispatch.testkit.carrier.SteppingClock;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A carrier that plays Vonage")
class VonageWireTest {
    private final SteppingClock clock = new SteppingClock();
    private final CarrierSimulator carrier = CarrierSimulator.builder()
            .vonage(Client.VONAGE)
            .vonageReportPage(2)
            .clock(clock)
            .faults(FaultScript.of("delivery=3s"))
            .start();
    private final Client client = new Client(carrier);
    private final Map<String, String> good = Client.vonageForm("hello");

    @AfterEach
    void stop() {
        carrier.close();
    }

    @Test
    @DisplayName("answers with one element for each part, each with an id of its own and the client-ref")
    void accepts() throws Exception {
        HttpResponse<String> answer =
                client.vonage(Client.with(Client.vonageForm("x".repeat(161)), "client-ref", "my-ref"));

        JsonNode body = Client.json(answer);
        List<String> ids = body.get("messages").findValuesAsText("message-id");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(body.get("message-count").textValue()).isEqualTo("2");
        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        assertThat(body.get("messages").findValuesAsText("status")).containsExactly("0", "0");
        assertThat(body.get("messages").findValuesAsText("client-ref")).containsExactly("my-ref", "my-ref");
        assertThat(body.get("messages").get(0).get("remaining-balance").isTextual())
                .isTrue();
        assertThat(carrier.ledger().byReference("my-ref")).singleElement().satisfies(entry -> {
            assertThat(entry.messageIds()).isEqualTo(ids);
            assertThat(entry.recipient()).isEqualTo(Client.RECIPIENT);
            assertThat(entry.segments()).isEqualTo(2);
        });
    }

    @Test
    @DisplayName("refuses the last part of a long text where the script says so, and takes the others")
    void partRefused() throws Exception {
        carrier.nextSubmissions(2, SubmissionFault.PART_REFUSED);

        JsonNode mixed = Client.json(client.vonage("x".repeat(307)));
        JsonNode whole = Client.json(client.vonage("short"));

        assertThat(mixed.get("message-count").textValue()).isEqualTo("3");
        assertThat(mixed.get("messages").findValuesAsText("status")).containsExactly("0", "0", "5");
        assertThat(mixed.get("messages").get(2).has("message-id")).isFalse();
        assertThat(carrier.ledger().entries().get(0).messageIds())
                .isEqualTo(mixed.get("messages").findValuesAsText("message-id"));
        assertThat(whole.get("messages").findValuesAsText("status")).containsExactly("0");
        assertThat(carrier.statistics().answersLost()).isZero();
    }

    @Test
    @DisplayName("counts parts in 16-bit units when asked for unicode, even for plain text")
    void unicodeParts() throws Exception {
        var unicode = Client.with(Client.vonageForm("x".repeat(71)), "type", "unicode");

        assertThat(Client.json(client.vonage(unicode)).get("message-count").asText())
                .isEqualTo("2");
    }

    @Test
    @DisplayName("spoils characters outside GSM-7 when the sender did not ask for unicode")
    void mangles() throws Exception {
        client.vonage("caf\u00e9 \u4f60\u597d");
        client.vonage(Client.with(Client.vonageForm("\u4f60\u597d"), "type", "unicode"));

        assertThat(carrier.ledger().entries())
                .extracting(LedgerEntry::textHash)
                .containsExactly(Ledger.textHash("caf\u00e9 ??"), Ledger.textHash("\u4f60\u597d"));
    }

    @ParameterizedTest
    @DisplayName("refuses what Vonage refuses, with Vonage's status inside HTTP 200")
    @CsvSource({
        "to, '', 2",
        "from, '', 2",
        "text, '', 2",
        "to, +12025550123, 3",
        "from, a name far too long, 3",
        "type, binary, 3",
        "ttl, 19999, 3",
        "ttl, 604800001, 3",
        "ttl, soon, 3"
    })
    void refuses(String parameter, String value, String status) throws Exception {
        HttpResponse<String> answer = client.vonage(Client.with(good, parameter, value));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(onlyStatus(answer)).isEqualTo(status);
        assertThat(carrier.ledger().size()).isZero();
        assertThat(carrier.statistics().refused()).containsEntry("vonage " + status, 1L);
    }

    @Test
    @DisplayName("limits text, client-ref and callback, and bars who opted out")
    void limits() throws Exception {
        assertThat(onlyStatus(client.vonage("x".repeat(3201)))).isEqualTo("12");
        assertThat(onlyStatus(client.vonage(Client.with(good, "client-ref", "x".repeat(101)))))
                .isEqualTo("3");
        assertThat(onlyStatus(client.vonage(Client.with(good, "callback", "http://127.0.0.1/" + "x".repeat(100)))))
                .isEqualTo("23");
        carrier.optOut(Client.RECIPIENT);
        assertThat(onlyStatus(client.vonage(good))).isEqualTo("7");
    }

    @Test
    @DisplayName("takes key and secret as parameters, and answers status 4 to wrong ones")
    void credentials() throws Exception {
        var asParameters = Client.with(
                Client.with(good, "api_key", Client.VONAGE.apiKey()), "api_secret", Client.VONAGE.apiSecret());
        var wrong = Client.with(asParameters, "api_secret", "wrong");

        assertThat(onlyStatus(client.send(client.postWithoutAuth("/sms/json", asParameters))))
                .isEqualTo("0");
        assertThat(onlyStatus(client.send(client.postWithoutAuth("/sms/json?" + Form.encode(asParameters), Map.of()))))
                .isEqualTo("0");
        assertThat(onlyStatus(client.send(client.postWithoutAuth("/sms/json", wrong))))
                .isEqualTo("4");
        assertThat(onlyStatus(client.send(client.postWithoutAuth("/sms/json", good))))
                .isEqualTo("4");
    }

    @Test
    @DisplayName("takes a signed request; refuses a wrong signature, an old one, and one beside a secret")
    void signedRequests() throws Exception {
        long now = clock.instant().getEpochSecond();

        assertThat(onlyStatus(client.send(client.postWithoutAuth("/sms/json", signed(now)))))
                .isEqualTo("0");
        assertThat(onlyStatus(
                        client.send(client.postWithoutAuth("/sms/json", Client.with(signed(now), "text", "changed")))))
                .isEqualTo("14");
        assertThat(onlyStatus(client.send(client.postWithoutAuth("/sms/json", signed(now - 301)))))
                .isEqualTo("14");
        assertThat(onlyStatus(client.vonage(signed(now)))).isEqualTo("32");
    }

    @Test
    @DisplayName("reports by id, with what is not found beside it")
    void reportsById() throws Exception {
        List<String> ids = ids(client.vonage(Client.with(Client.vonageForm("x".repeat(161)), "client-ref", "my-ref")));
        clock.step(Duration.ofSeconds(3));

        JsonNode report = Client.json(client.getVonage(
                reports("&include_message=true&id=" + String.join(",", ids) + ",missing-1,missing-2")));

        JsonNode record = report.get("records").get(0);
        assertThat(report.get("request_status").asText()).isEqualTo("SUCCESS");
        assertThat(report.get("ids_not_found").textValue()).isEqualTo("missing-1,missing-2");
        assertThat(report.get("records").findValuesAsText("message_id")).isEqualTo(ids);
        assertThat(record.get("client_ref").asText()).isEqualTo("my-ref");
        assertThat(record.get("status").asText()).isEqualTo("delivered");
        assertThat(record.get("date_received").asText()).isEqualTo("2026-11-20T12:00:00+00:00");
        assertThat(record.get("date_finalized").asText()).isEqualTo("2026-11-20T12:00:03+00:00");
        assertThat(record.get("message_body").asText()).isEqualTo("x".repeat(161));
    }

    @Test
    @DisplayName("lets one part of a long text fail, or all of them")
    void partsFail() throws Exception {
        carrier.faults(FaultScript.of("delivery=3s,undelivered=100%"));
        var failedParts = new HashSet<Integer>();
        for (int i = 0; i < 30; i++) {
            List<String> ids = ids(client.vonage("x".repeat(161) + i));
            clock.step(Duration.ofSeconds(3));
            JsonNode records = Client.json(client.getVonage(reports("&id=" + String.join(",", ids))))
                    .get("records");
            failedParts.add((int) records.findValuesAsText("status").stream()
                    .filter(status -> !status.equals("delivered"))
                    .count());
        }

        assertThat(failedParts).containsExactlyInAnyOrder(1, 2);
        assertThat(carrier.ledger().entries()).extracting(LedgerEntry::state).containsOnly(CarrierState.UNDELIVERED);
    }

    @Test
    @DisplayName("reports by recipient and dates through a cursor, the start included and the end not")
    void reportsByDates() throws Exception {
        for (int i = 0; i < 5; i++) {
            client.vonage(Client.with(Client.vonageForm("text " + i), "client-ref", "ref-" + i));
            clock.step(Duration.ofSeconds(1));
        }
        client.vonage(Client.with(good, "to", "12025550124"));

        String query = "&to=12025550123&date_start=2026-11-20T12:00:01Z&date_end=2026-11-20T12:00:04Z";
        var references = new ArrayList<String>();
        var sizes = new ArrayList<Integer>();
        String next = reports(query);
        while (next != null) {
            JsonNode page = Client.json(client.getVonage(next));
            references.addAll(page.get("records").findValuesAsText("client_ref"));
            sizes.add(page.get("items_count").asInt());
            String href = page.at("/_links/next/href").textValue();
            next = href == null ? null : pathAndQuery(href);
        }

        assertThat(references).containsExactly("ref-1", "ref-2", "ref-3");
        assertThat(sizes).containsExactly(2, 1);
    }

    @Test
    @DisplayName("answers 401 or 422 to a report request that Vonage would not take")
    void reportErrors() throws Exception {
        String tooMany = IntStream.rangeClosed(1, 21).mapToObj(i -> "id" + i).collect(Collectors.joining(","));

        assertThat(client.get(reports("&id=a"), Client.VONAGE.apiKey(), "wrong").statusCode())
                .isEqualTo(401);
        assertThat(client.getVonage(reports("&id=" + tooMany)).statusCode()).isEqualTo(422);
        assertThat(client.getVonage(reports("&id=a&to=12025550123")).statusCode())
                .isEqualTo(422);
        assertThat(client.getVonage(reports("&date_start=yesterday")).statusCode())
                .isEqualTo(422);
        assertThat(client.getVonage(reports("&date_start=2026-11-18T00:00:00Z&date_end=2026-11-20T00:00:00Z"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(client.getVonage(reports("&cursor=nowhere&iv=x")).statusCode())
                .isEqualTo(422);
        assertThat(client.getVonage("/v2/reports/records?product=SMS&direction=outbound")
                        .statusCode())
                .isEqualTo(422);
    }

    private static Map<String, String> signed(long timestamp) {
        var form = Client.with(
                Client.with(Client.vonageForm("a & b = c"), "api_key", Client.VONAGE.apiKey()),
                "timestamp",
                String.valueOf(timestamp));
        return Client.with(
                form,
                "sig",
                VonageSignature.of(form, Client.VONAGE.signatureSecret(), Client.VONAGE.signatureMethod()));
    }

    private static String reports(String more) {
        return "/v2/reports/records?account_id=" + Client.VONAGE.apiKey() + "&product=SMS&direction=outbound" + more;
    }

    private static String pathAndQuery(String href) {
        URI uri = URI.create(href);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static List<String> ids(HttpResponse<String> answer) {
        return Client.json(answer).get("messages").findValuesAsText("message-id");
    }

    private static String onlyStatus(HttpResponse<String> answer) {
        return Client.json(answer).get("messages").get(0).get("status").textValue();
    }
}
