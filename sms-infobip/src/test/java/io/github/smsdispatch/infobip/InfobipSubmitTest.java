package io.github.smsdispatch.infobip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import io.github.smsdispatch.testkit.provider.TestSubmissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InfobipSubmitTest {
    private static final SubmitOutcome NOTHING_SAID =
            new SubmitOutcome.Unknown("200", "the answer does not say what became of this message");

    private AnsweringServer infobip;

    @BeforeEach
    void startServer() {
        infobip = new AnsweringServer();
    }

    @AfterEach
    void stopServer() {
        infobip.close();
    }

    @Test
    void aMessageIsPostedWithOurReferenceAsItsId() {
        infobip.answers(200, Batches.answer(Batches.item(0, 1, 26)));

        List<SubmitOutcome> outcomes =
                submit(List.of(Batches.at(0, "50 % off \"now\" ✓", Map.of())), "batch-size", "100");

        assertThat(outcomes).containsExactly(new SubmitOutcome.Accepted(List.of(Batches.id(0)), 1, null));
        TakenRequest request = infobip.taken();
        assertThat(request.line()).isEqualTo("POST /sms/3/messages");
        assertThat(request.header("Authorization")).isEqualTo("App " + Accounts.API_KEY);
        assertThat(request.header("Accept")).isEqualTo("application/json");
        assertThat(request.header("Content-Type")).startsWith("application/json");
        assertThat(Json.read(request.body()))
                .isEqualTo(
                        Json.read(
                                """
                        {"messages":[{"sender":"AcmeInc",
                          "destinations":[{"to":"447700900100","messageId":"01900000-0000-7000-8000-000000000000"}],
                          "content":{"text":"50 % off \\"now\\" ✓"},
                          "options":{"validityPeriod":{"amount":3600,"timeUnit":"SECONDS"}}}],
                         "options":{"includeSmsCountInResponse":true}}"""));
    }

    @Test
    void reportsAreAskedForWithASecretAddressAndATagOfOurs() {
        infobip.answers(200, Batches.answer(Batches.item(0, 1, 26)));

        submit(Batches.of(1), "callback-url", Accounts.CALLBACK + "?a=b#top", "webhook-secret", Accounts.SECRET);

        JsonNode webhooks = taken(0).path("webhooks");
        assertThat(webhooks.path("delivery").path("url").asText())
                .isEqualTo(Accounts.CALLBACK + "?a=b&token=" + Accounts.SECRET + "#top");
        assertThat(webhooks.path("contentType").asText()).isEqualTo("application/json");
        assertThat(webhooks.path("callbackData").asText()).matches("sd1\\." + Batches.id(0) + "\\.[0-9a-f]{64}");
    }

    @Test
    void withoutAnAddressOfOurOwnASubscriptionsReportsBringTheTagBackAsWell() {
        infobip.answers(200, Batches.answer(Batches.item(0, 1, 26)));

        submit(Batches.of(1), "webhook-secret", Accounts.SECRET);

        assertThat(taken(0).path("webhooks").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("callbackData");
    }

    @Test
    void aSenderThatIsANumberLosesItsPlus() {
        infobip.answers(200, "{}");

        submit(List.of(TestSubmissions.of("Hello", Sender.of("+447700900999"))));

        assertThat(taken(0).path("sender").asText()).isEqualTo("447700900999");
    }

    @ParameterizedTest
    @CsvSource({"PT0.2S, 1", "PT1S, 1", "PT90S, 90", "PT48H, 172800", "P7D, 172800"})
    void theValidityIsInSecondsAndAtMostWhatInfobipTakes(Duration validity, long seconds) {
        infobip.answers(200, "{}");

        submit(List.of(TestSubmissions.of("Hello", validity)));

        assertThat(taken(0).path("options")
                        .path("validityPeriod")
                        .path("amount")
                        .asLong())
                .isEqualTo(seconds);
    }

    @Test
    void attributesCarryCampaignAndIndianRegistration() {
        infobip.answers(200, "{}");

        submit(List.of(Batches.at(
                0,
                "Hello",
                Map.of(
                        "infobip.campaign-reference", "spring",
                        "infobip.dlt-principal-entity", "1001",
                        "infobip.dlt-content-template", "2002",
                        "other.thing", "x"))));

        JsonNode options = taken(0).path("options");
        assertThat(options.path("campaignReferenceId").asText()).isEqualTo("spring");
        assertThat(options.path("regional"))
                .isEqualTo(Json.read("{\"indiaDlt\":{\"principalEntityId\":\"1001\",\"contentTemplateId\":\"2002\"}}"));
    }

    @Test
    void differentTextsGoInOneRequestAndEachGetsItsOwnOutcomeByItsId() {
        infobip.answers(
                200,
                Batches.answer(
                        Batches.item(3, 5, 12),
                        Batches.item(1, 5, 52),
                        Batches.item(0, 1, 26),
                        Batches.item(9, 1, 26)));

        List<SubmitOutcome> outcomes = submit(Batches.of(4));

        assertThat(outcomes)
                .containsExactly(
                        new SubmitOutcome.Accepted(List.of(Batches.id(0)), 1, null),
                        SubmitOutcome.Refused.because(FailureReason.RECIPIENT, "52", "recipient not valid"),
                        NOTHING_SAID,
                        SubmitOutcome.Refused.because(FailureReason.ACCOUNT, "12", "not enough credit"));
        assertThat(infobip.requests()).isEqualTo(1);
        assertThat(Json.read(infobip.takenBody()).path("messages").size()).isEqualTo(4);
    }

    @Test
    void whatIsKnownToBeWrongStaysBehindAndDoesNotSpoilTheRest() {
        infobip.answers(200, Batches.answer(Batches.item(0, 1, 26), Batches.item(5, 1, 26)));

        List<SubmitOutcome> outcomes = submit(List.of(
                Batches.at(0, "Hello", Map.of()),
                Batches.at(1, "😀".repeat(830), Map.of()),
                Batches.at(2, "Hello", Map.of("infobip.campaign-reference", "x".repeat(256))),
                Batches.at(3, "Hello", Map.of("infobip.dlt-content-template", "2002")),
                Batches.at(4, "", Map.of()),
                Batches.at(5, "Hello", Map.of("infobip.campaign-reference", "x".repeat(255)))));

        assertThat(outcomes)
                .containsExactly(
                        new SubmitOutcome.Accepted(List.of(Batches.id(0)), 1, null),
                        notSent("the text has more than 25 parts"),
                        notSent("attribute infobip.campaign-reference is blank or longer than 255 characters"),
                        notSent("attribute infobip.dlt-content-template needs infobip.dlt-principal-entity"),
                        notSent("the text is empty"),
                        new SubmitOutcome.Accepted(List.of(Batches.id(5)), 1, null));
        assertThat(Json.read(infobip.takenBody()).path("messages").size()).isEqualTo(2);
    }

    @Test
    void ifNothingIsLeftNothingIsSent() {
        assertThat(submit(List.of(Batches.at(0, "", Map.of())))).containsExactly(notSent("the text is empty"));
        assertThat(infobip.requests()).isZero();
    }

    @Test
    void anAddressThatIsNoneRefusesAllAndSendsNothing() {
        assertThat(submit(Batches.of(2), "base-url", "http://127.0.0.1:99999"))
                .containsOnly(SubmitOutcome.Refused.because(
                        FailureReason.ACCOUNT,
                        null,
                        "not sent: the request could not be written, IllegalArgumentException"));
    }

    @Test
    void whatGoesWrongWhileTheRequestIsWrittenPutsNoMessageInDoubt() {
        assertThat(notWritten(new NoClassDefFoundError("of a +447700900123")))
                .containsExactly(
                        couldNotBeWritten(FailureReason.ACCOUNT, "NoClassDefFoundError"),
                        couldNotBeWritten(FailureReason.ACCOUNT, "NoClassDefFoundError"));
    }

    @Test
    void whereOneOfSeveralMessagesCannotBeWrittenNoneIsRejectedForIt() {
        assertThat(notWritten(new IllegalArgumentException("of a +447700900123")))
                .containsExactly(
                        couldNotBeWritten(FailureReason.RECIPIENT_BUSY, "IllegalArgumentException"),
                        couldNotBeWritten(FailureReason.RECIPIENT_BUSY, "IllegalArgumentException"));
    }

    @Test
    void aRefusedRequestNamesTheCulpritAndTheOthersComeBackSoon() {
        infobip.answers(
                400,
                """
                {"errorCode":"E400","description":"Request cannot be processed.","violations":[
                  {"property":"messages[1].destinations[0].to","violation":"447700900101 is bad"}]}""");

        SubmitOutcome innocent = new SubmitOutcome.Refused(
                FailureReason.THROTTLED,
                "400",
                "not taken: another message of the same request was refused, and with it all",
                Duration.ofMillis(100));
        assertThat(submit(Batches.of(3)))
                .containsExactly(
                        innocent,
                        SubmitOutcome.Refused.because(FailureReason.SENDER, "400", "refused with HTTP status 400"),
                        innocent);
    }

    @Test
    void theCulpritIsUnderstoodInTheOlderFormToo() {
        infobip.answers(
                400,
                """
                {"requestError":{"serviceException":{"messageId":"BAD_REQUEST","text":"Bad Request",
                  "validationErrors":{"request.messages[0].text":["must not be empty"]}}}}""");

        assertThat(submit(Batches.of(2)))
                .extracting(outcome -> ((SubmitOutcome.Refused) outcome).reason())
                .containsExactly(FailureReason.SENDER, FailureReason.THROTTLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"errorCode\":\"E400\"}",
                "{\"violations\":7}",
                "{\"violations\":[null,{\"property\":\"options\"},{\"property\":\"messages\"}]}",
                "{\"violations\":[{\"property\":\"messages[3].content.text\"},{\"property\":\"messages[-1]\"}]}",
                "{\"requestError\":{\"serviceException\":{\"validationErrors\":[]}}}"
            })
    void ifNobodyIsNamedNobodyIsRejectedAndTheAccountIsWell(String body) {
        infobip.answers(400, body);

        assertThat(submit(Batches.of(3)))
                .containsOnly(SubmitOutcome.Refused.because(
                        FailureReason.RECIPIENT_BUSY,
                        "400",
                        "not taken: the request was refused, for one of its messages or for all"));
    }

    @Test
    void aPageIsFromSomethingOnTheWayAndRejectsNobody() {
        infobip.answers(400, "<html/>");

        assertThat(submit(Batches.of(3)))
                .hasSize(3)
                .containsOnly(SubmitOutcome.Refused.because(
                        FailureReason.UNAVAILABLE, "400", "refused with HTTP status 400"));
    }

    @Test
    void aRequestThatIsTooLargeIsTheSettingsFaultAndNoMessagesFault() {
        infobip.answers(413, "{\"violations\":[{\"property\":\"messages[1]\"}]}")
                .answers(413, "");

        assertThat(submit(Batches.of(3)))
                .hasSize(3)
                .containsOnly(SubmitOutcome.Refused.because(
                        FailureReason.RECIPIENT_BUSY, "413", "not taken: the request was too large, lower batch-size"));
        assertThat(submit(Batches.of(1)))
                .containsExactly(
                        SubmitOutcome.Refused.because(FailureReason.SENDER, "413", "refused with HTTP status 413"));
    }

    @Test
    void aRefusedRequestOfOneMessageIsAboutThatMessage() {
        infobip.answers(400, "{\"errorCode\":\"E400\"}");

        assertThat(submit(Batches.of(1)))
                .containsExactly(
                        SubmitOutcome.Refused.because(FailureReason.SENDER, "400", "refused with HTTP status 400"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aCallbackUrlThatInfobipDoesNotTakeIsTheAccountsFaultAndNoMessages(int size) {
        infobip.answers(
                400, "{\"violations\":[{\"property\":\"messages[0].webhooks.delivery.url\",\"violation\":\"bad\"}]}");

        assertThat(submit(Batches.of(size)))
                .hasSize(size)
                .containsOnly(SubmitOutcome.Refused.because(
                        FailureReason.ACCOUNT, "400", "refused for its webhooks: check callback-url"));
    }

    @ParameterizedTest
    @CsvSource({"401, ACCOUNT", "403, ACCOUNT", "429, THROTTLED"})
    void whatConcernsTheAccountConcernsAllMessagesOfTheRequest(int status, FailureReason reason) {
        infobip.answers(status, "{\"errorCode\":\"E401\",\"violations\":[{\"property\":\"messages[0]\"}]}");

        assertThat(submit(Batches.of(2)))
                .containsOnly(SubmitOutcome.Refused.because(
                        reason, String.valueOf(status), "refused with HTTP status " + status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"messages\":null}",
                "{\"messages\":[7]}",
                "{\"messages\":[{\"messageId\":\"other\",\"status\":{\"groupId\":1,\"id\":26}}]}",
                "{\"messages\":[{\"status\":{\"groupId\":1,\"id\":26}}]}",
                "{\"messages\":[{\"messageId\":\"01900000-0000-7000-8000-000000000000\"}]}",
                "{\"messages\":[{\"messageId\":\"01900000-0000-7000-8000-000000000000\",\"status\":26}]}",
                "{\"messages\":[{\"messageId\":\"01900000-0000-7000-8000-000000000000\",\"status\":{\"id\":26}},"
                        + "{\"messageId\":\"01900000-0000-7000-8000-000000000000\",\"status\":{\"id\":12}}]}"
            })
    void aYesThatLeavesTheMessageOutOrAnswersTwiceIsUnknown(String body) {
        infobip.answers(200, body);

        assertThat(submit(Batches.of(1))).containsExactly(NOTHING_SAID);
    }

    @Test
    void theOlderFormOfAnItemIsReadToo() {
        infobip.answers(
                200,
                "{\"messages\":[{\"to\":\"447700900100\",\"messageId\":\"" + Batches.id(0)
                        + "\",\"smsCount\":2,\"status\":{\"groupId\":0,\"groupName\":\"ACCEPTED\"}}]}");

        assertThat(submit(Batches.of(1))).containsExactly(new SubmitOutcome.Accepted(List.of(Batches.id(0)), 2, null));
    }

    static List<CodeTable.Row> submitRows() {
        return InfobipCodes.TABLE.rows().stream()
                .filter(row ->
                        row.kind() == CodeTable.Kind.SUBMIT && !row.code().startsWith("group"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("submitRows")
    void everyStatusOfTheTableLeadsToItsOutcome(CodeTable.Row row) {
        infobip.answers(200, Batches.answer(Batches.item(0, 7, Integer.parseInt(row.code()))));

        SubmitOutcome expected = row.isAccepted()
                ? new SubmitOutcome.Accepted(List.of(Batches.id(0)), 1, null)
                : row.reason() == null
                        ? new SubmitOutcome.Unknown(row.code(), row.meaning())
                        : new SubmitOutcome.Refused(
                                row.reason(),
                                row.code(),
                                row.meaning(),
                                row.code().equals("20") ? Duration.ofHours(1) : null);
        assertThat(submit(Batches.of(1))).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, ACCEPTED",
        "3, ACCEPTED",
        "7, ACCEPTED",
        "26, ACCEPTED",
        "23, ACCEPTED",
        "21, UNAVAILABLE",
        "100, UNKNOWN",
        "20, RECIPIENT_BUSY",
        "12, ACCOUNT",
        "17, ACCOUNT",
        "14, OPTED_OUT",
        "52, RECIPIENT",
        "6, DESTINATION",
        "11, SENDER",
        "13, SENDER",
        "31, SENDER",
        "25, CONTENT"
    })
    void theStatusesThatMatterMostMeanWhatInfobipSays(String code, String mapsTo) {
        assertThat(InfobipCodes.TABLE
                        .find(CodeTable.Kind.SUBMIT, code)
                        .orElseThrow()
                        .mapsTo())
                .isEqualTo(mapsTo);
    }

    @ParameterizedTest
    @CsvSource({"1, pending", "3, delivered", "4, 'taken, and expired'"})
    void anUnknownStatusOfAGroupThatMeansTakenIsAccepted(int group, String meaning) {
        infobip.answers(200, Batches.answer(Batches.item(0, group, 4242)));

        assertThat(InfobipCodes.TABLE.find(CodeTable.Kind.SUBMIT, "group " + group))
                .map(CodeTable.Row::meaning)
                .contains(meaning);
        assertThat(submit(Batches.of(1))).containsExactly(new SubmitOutcome.Accepted(List.of(Batches.id(0)), 1, null));
    }

    @Test
    void anUnknownStatusIsCountedAndGoesByItsGroup() {
        infobip.answers(
                200, Batches.answer(Batches.item(0, 5, 4242), Batches.item(1, 2, 4242), Batches.item(2, 9, 4243)));
        try (var provider = Accounts.provider(infobip)) {
            assertThat(provider.submit(Batches.of(3)))
                    .containsExactly(
                            SubmitOutcome.Refused.because(
                                    FailureReason.SENDER,
                                    "4242",
                                    "rejected before it could be sent, for an unknown reason"),
                            new SubmitOutcome.Unknown("4242", "undeliverable for an unknown reason"),
                            new SubmitOutcome.Unknown("4243", "a status that this version does not know"));
            assertThat(provider.unknownCodes()).isEqualTo(Map.of("submit 4242", 2L, "submit 4243", 1L));
        }
    }

    @Test
    void whatItCannotCarryIsKnownBefore() {
        var traits = Accounts.provider(infobip, "absence-proof", "never").traits();

        assertThat(traits.maxBatchSize()).isEqualTo(100);
        assertThat(traits.batchesShareText()).isFalse();
        assertThat(traits.maxTextLength()).isEqualTo(1_675);
        assertThat(traits.maxValidity()).isEqualTo(Duration.ofDays(2));
        assertThat(traits.receiptsPerPart()).isFalse();
        assertThat(traits.absenceProof()).isEmpty();
        assertThat(Accounts.provider(infobip).traits().absenceProof()).contains(Duration.ofHours(1));
    }

    private List<SubmitOutcome> submit(List<Submission> batch, String... keysAndValues) {
        try (var provider = Accounts.provider(infobip, keysAndValues)) {
            return provider.submit(batch);
        }
    }

    private static List<SubmitOutcome> notWritten(Throwable thrown) {
        ProviderAccount account = ProviderAccount.of("infobip");
        var answers = new InfobipAnswers(new InfobipCodes(account));
        try (var http = new ProviderHttp(account.toString(), Duration.ofSeconds(1))) {
            return new InfobipSubmissions(http, batch -> InfobipSubmitTest.<RuntimeException>fail(thrown), answers)
                    .submit(Batches.of(2));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> ExchangeRequest fail(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static SubmitOutcome couldNotBeWritten(FailureReason reason, String thrown) {
        return SubmitOutcome.Refused.because(reason, null, "not sent: the request could not be written, " + thrown);
    }

    private JsonNode taken(int place) {
        return Json.read(infobip.takenBody()).path("messages").path(place);
    }

    private static SubmitOutcome notSent(String why) {
        return SubmitOutcome.Refused.because(FailureReason.CONTENT, null, "not sent: " + why);
    }
}
