package io.github.smsdispatch.infobip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InfobipLookupTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant DONE = Instant.parse("2026-11-20T11:00:00Z");
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+447700900123");
    private static final ProviderAccount ACCOUNT = ProviderAccount.of("infobip");

    private AnsweringServer infobip;
    private InfobipProvider provider;

    @BeforeEach
    void start() {
        infobip = new AnsweringServer();
        provider = Accounts.provider(infobip, InstantSource.fixed(NOW));
    }

    @AfterEach
    void stop() {
        provider.close();
        infobip.close();
    }

    @Test
    void manyMessagesAreAskedForInOneRequestThatConsumesNothing() {
        infobip.answers(200, log(entry(1, 3, 5, ""), entry(0, 1, 7, "")));

        List<LookupAnswer> answers = provider.lookUp(List.of(sent(0), sent(1), sent(2)));

        assertThat(answers)
                .containsExactly(
                        new LookupAnswer.Found(List.of(receipt(0, ReceiptState.ENROUTE, null, null))),
                        new LookupAnswer.Found(List.of(receipt(1, ReceiptState.DELIVERED, null, null))),
                        new LookupAnswer.Absent());
        TakenRequest request = infobip.taken();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.target()).startsWith("/sms/3/logs?");
        assertThat(query(request, "messageId")).isEqualTo(Batches.id(0) + "," + Batches.id(1) + "," + Batches.id(2));
        assertThat(request.header("Authorization")).isEqualTo("App " + Accounts.API_KEY);
    }

    @Test
    void fiftyIdsFitIntoOneRequestAndMoreDoNot() {
        infobip.answers(200, log()).answers(200, log());
        assertThat(provider.maxLookupBatch()).isEqualTo(50);

        assertThat(provider.lookUp(
                        IntStream.range(0, 51).mapToObj(InfobipLookupTest::sent).toList()))
                .hasSize(51)
                .containsOnly(new LookupAnswer.Absent());

        String first = query(infobip.taken(), "messageId");
        assertThat(first.split(",")).hasSize(50);
        assertThat(first.length()).isLessThan(2_048);
        assertThat(query(infobip.taken(), "messageId")).isEqualTo(Batches.id(50));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, ENROUTE",
        "1, 3, ENROUTE",
        "1, 7, ENROUTE",
        "1, 26, ENROUTE",
        "3, 2, ENROUTE",
        "3, 5, DELIVERED",
        "4, 29, UNKNOWN",
        "5, 23, UNKNOWN",
        "1, 4242, ENROUTE",
        "3, 4242, ENROUTE",
        "4, 4242, UNKNOWN",
        "9, 4242, UNKNOWN"
    })
    void aStatusThatIsNoFailureHasAStateAndNoReason(int group, int status, ReceiptState state) {
        infobip.answers(200, log(entry(0, group, status, "\"id\":1,\"permanent\":true")));

        assertThat(provider.lookUp(List.of(sent(0))))
                .containsExactly(new LookupAnswer.Found(List.of(receipt(0, state, "1", null))));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2, 9, 1, true, RECIPIENT",
                "2, 9, 27, false, UNAVAILABLE",
                "2, 4, 2052, true, OPTED_OUT",
                "2, 4, 2053, true, SENDER",
                "2, 9, 4099, true, ACCOUNT",
                "2, 9, 4103, true, RECIPIENT_BUSY",
                "2, 9, 5492, true, CONTENT",
                "4, 15, 4101, true, -",
                "2, 9, 255, false, -",
                // Not in the table: the flag decides, as far as it says anything.
                "2, 9, 1234, false, UNAVAILABLE",
                "2, 9, 1234, true, -",
                "2, 4242, 1, true, RECIPIENT",
                // No error: the status says it.
                "5, 14, 0, false, OPTED_OUT",
                "5, 6, 0, false, DESTINATION",
                "5, 4242, 0, false, -"
            })
    void aFailureHasTheReasonOfItsError(int group, int status, String error, boolean permanent, FailureReason reason) {
        infobip.answers(200, log(entry(0, group, status, "\"id\":" + error + ",\"permanent\":" + permanent)));

        assertThat(provider.lookUp(List.of(sent(0))))
                .containsExactly(new LookupAnswer.Found(
                        List.of(receipt(0, ReceiptState.UNDELIVERED, error.equals("0") ? null : error, reason))));
    }

    @Test
    void unknownIdsAreCounted() {
        infobip.answers(200, log(entry(0, 2, 4242, "\"id\":1234")));

        provider.lookUp(List.of(sent(0)));

        assertThat(provider.unknownCodes()).containsOnlyKeys("status 4242", "receipt 1234");
    }

    @Test
    void aRepeatThatWasRefusedForItsIdSaysNothingOfTheMessage() {
        infobip.answers(200, log(entry(0, 5, 23, ""), entry(0, 3, 5, ""), entry(0, 5, 23, "")));

        assertThat(provider.lookUp(List.of(sent(0))))
                .containsExactly(new LookupAnswer.Found(List.of(receipt(0, ReceiptState.DELIVERED, null, null))));
    }

    @Test
    void tooManyQuestionsArePassedOnAsAPause() {
        infobip.answers(429, "{\"errorCode\":\"E429\"}", "Retry-After", "30");

        assertThat(provider.lookUp(List.of(sent(0), sent(1))))
                .containsOnly(new LookupAnswer.Failed("429", "answered 429", Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"results\":{}}", "{\"results\":null}", "<html/>"})
    void anAnswerThatIsNoListProvesNoAbsence(String body) {
        infobip.answers(200, body);

        assertThat(provider.find(doubt(NOW)))
                .isEqualTo(new LookupAnswer.Failed("200", "the answer is no list of messages", null));
    }

    @Test
    void aDoubtIsSettledByOurReferenceWhichIsInfobipsId() {
        infobip.answers(200, log(entry(7, 3, 5, ""), entry(0, 1, 26, "")));

        assertThat(provider.find(doubt(NOW.minusSeconds(60))))
                .isEqualTo(new LookupAnswer.Found(List.of(receipt(0, ReceiptState.ENROUTE, null, null))));
        assertThat(query(infobip.taken(), "messageId")).isEqualTo(Batches.id(0));
    }

    @ParameterizedTest
    @CsvSource({"PT1M, true", "PT47H, true", "PT47H0.001S, false", "PT49H, false"})
    void absenceIsAProofOnlyAsLongAsTheLogRemembers(Duration age, boolean proof) {
        infobip.answers(200, log());

        LookupAnswer answer = provider.find(doubt(NOW.minus(age)));

        assertThat(answer)
                .isEqualTo(
                        proof
                                ? new LookupAnswer.Absent()
                                : new LookupAnswer.Unclear(
                                        "not in the log, which holds 48 hours and may have forgotten it"));
    }

    @Test
    void anAnswerThatMayHaveLeftEntriesOutProvesNoAbsence() {
        infobip.answers(
                200,
                log(IntStream.range(0, 250)
                        .mapToObj(place -> entry(7, 1, 26, ""))
                        .toArray(String[]::new)));

        assertThat(provider.find(doubt(NOW)))
                .isEqualTo(new LookupAnswer.Unclear("the answer has more entries than were asked for"));
    }

    @Test
    void theLogIsReadPageByPage() {
        infobip.answers(
                200,
                "{\"results\":[" + entry(0, 3, 5, "") + ",7,{\"messageId\":\"x\"}],"
                        + "\"cursor\":{\"limit\":250,\"nextCursor\":\"a+b/c\"}}");
        infobip.answers(200, "{\"results\":[" + entry(1, 1, 26, "") + "],\"cursor\":{\"limit\":250}}");
        Instant from = Instant.parse("2026-11-20T09:00:00Z");

        assertThat(provider.readLog(from, NOW, null))
                .isEqualTo(new LogAnswer.Page(List.of(receipt(0, ReceiptState.DELIVERED, null, null)), "a+b/c"));
        assertThat(provider.readLog(from, NOW, "a+b/c"))
                .isEqualTo(new LogAnswer.Page(List.of(receipt(1, ReceiptState.ENROUTE, null, null)), null));

        assertThat(Form.queryOf(infobip.taken().target()).fields())
                .extracting(Object::toString)
                .containsExactly(
                        "sentSince=2026-11-20T09:00:00.000+0000",
                        "sentUntil=2026-11-20T12:00:00.000+0000",
                        "useCursor=true",
                        "limit=250");
        assertThat(query(infobip.taken(), "cursor")).isEqualTo("a+b/c");
    }

    @Test
    void whatTheLogGivesBeyondTheTimeAskedForIsLeftOut() {
        infobip.answers(200, log(entry(0, 3, 5, ""), entry(1, 3, 5, "")));

        // The entries were sent at 10:30.
        assertThat(provider.readLog(DONE.minus(Duration.ofHours(1)), DONE.minus(Duration.ofMinutes(30)), null))
                .isEqualTo(new LogAnswer.Page(List.of(), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"results\":[],\"cursor\":{\"nextCursor\":\"more\"}}",
                "{\"results\":[7],\"cursor\":{\"nextCursor\":\"same\"}}",
                "{\"results\":[7],\"cursor\":{\"nextCursor\":\"\"}}"
            })
    void aCursorThatLeadsNowhereIsTheEnd(String body) {
        infobip.answers(200, body);

        assertThat(provider.readLog(DONE, NOW, "same")).isEqualTo(new LogAnswer.Page(List.of(), null));
    }

    @Test
    void whatTheLogHasForgottenIsNotSaidToBeEmpty() {
        assertThat(provider.readLog(NOW.minus(Duration.ofHours(49)), NOW, null))
                .isEqualTo(new LogAnswer.Failed(null, "the log goes back 48 hours and no further", null));
        assertThat(infobip.requests()).isZero();
    }

    @Test
    void aLogThatCannotBeReadIsAFailureThatMayBeTriedAgain() {
        infobip.answers(429, "", "Retry-After", "5");

        assertThat(provider.readLog(DONE, NOW, null))
                .isEqualTo(new LogAnswer.Failed("429", "answered 429", Duration.ofSeconds(5)));
    }

    private static SentAttempt sent(int place) {
        return new SentAttempt(AttemptId.parse(Batches.id(place)), List.of(Batches.id(place)), NUMBER, NOW);
    }

    private static DoubtfulAttempt doubt(Instant startedAt) {
        return new DoubtfulAttempt(
                AttemptId.parse(Batches.id(0)), NUMBER, null, "Hello", Segments.of("Hello"), startedAt, startedAt);
    }

    private static String log(String... entries) {
        return "{\"results\":[" + String.join(",", entries) + "]}";
    }

    private static String entry(int place, int group, int status, String error) {
        return ("{\"messageId\":\"%s\",\"destination\":\"447700900123\",\"sentAt\":\"2026-11-20T11:30:00.000+0100\","
                        + "\"doneAt\":\"2026-11-20T12:00:00.000+0100\",\"status\":%s,\"error\":{%s},"
                        + "\"content\":{\"text\":\"Hello\"}}")
                .formatted(Batches.id(place), Batches.status(group, status), error);
    }

    private static Receipt receipt(int place, ReceiptState state, String errorCode, FailureReason reason) {
        return new Receipt(
                ACCOUNT, Batches.id(place), AttemptId.parse(Batches.id(place)), state, "NAME", errorCode, reason, DONE);
    }

    private static String query(TakenRequest request, String parameter) {
        return Form.queryOf(request.target()).first(parameter).orElseThrow();
    }
}
