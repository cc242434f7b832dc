package io.github.smsdispatch.googleverify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.MovableClock;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.GoogleVerifyCredentials;
import io.github.smsdispatch.testkit.carrier.GoogleVerifyRealm;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against the simulator, which was written from the server's code and not from this module. */
class GoogleVerifyCarrierTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final MovableClock clock = MovableClock.startingAt(START);
    private final GoogleVerifyRealm realm = new GoogleVerifyRealm();
    private final CarrierSimulator carrier = CarrierSimulator.builder()
            .googleVerify(GoogleVerifyCredentials.fake(), realm)
            .clock(clock)
            .faults(FaultScript.of("delivery=1h"))
            .start();
    private final GoogleVerifyProvider batches = provider("true");
    private final GoogleVerifyProvider single = provider("false");

    @AfterEach
    void stop() {
        batches.close();
        single.close();
        carrier.close();
    }

    @Test
    void tenCodesAreIssuedByOneRequestAndClaimedWhenTheirTextsArrive() {
        List<Submission> ten = IntStream.range(0, 10)
                .mapToObj(i -> Accounts.submission(AttemptId.create(), "+1202555010" + i, Accounts.CONFIRMED))
                .toList();

        assertThat(batches.submit(ten))
                .containsExactlyElementsOf(ten.stream().map(this::taken).toList());
        assertThat(carrier.statistics().requests()).isOne();
        assertThat(carrier.ledger().size()).isEqualTo(10);
        assertThat(status(ten.get(3))).isEqualTo("unclaimed ENROUTE");
        clock.advance(Duration.ofHours(1));
        assertThat(status(ten.get(3))).isEqualTo("claimed DELIVERED");
    }

    @Test
    void aBatchOfWhichSomeAreRefusedIsReadItemByItem() {
        realm.dailyQuota(2);
        carrier.optOut("+12025550102");
        List<Submission> four = List.of(
                Accounts.submission(AttemptId.create(), "+12025550101", Accounts.CONFIRMED),
                Accounts.submission(AttemptId.create(), "+12025550102", Accounts.CONFIRMED),
                Accounts.submission(AttemptId.create(), "+12025550103", Accounts.CONFIRMED),
                Accounts.submission(AttemptId.create(), "+12025550104", Accounts.CONFIRMED));

        List<SubmitOutcome> outcomes = batches.submit(four);

        assertThat(outcomes.get(0)).isEqualTo(taken(four.get(0)));
        assertThat(reason(outcomes.get(1))).isEqualTo(FailureReason.OPTED_OUT);
        assertThat(outcomes.get(2)).isEqualTo(taken(four.get(2)));
        assertThat(outcomes.get(3))
                .isEqualTo(new SubmitOutcome.Refused(
                        FailureReason.THROTTLED,
                        "quota_exceeded",
                        "the realm's quota for the day is used up",
                        Duration.ofMinutes(15)));
        assertThat(outcomes.toString()).doesNotContain("2025550102");
    }

    @Test
    void ofACodeThatIsIssuedAlreadyTheBatchSaysSoAndTheSingleCallLeavesADoubtThatTheLookUpEnds() {
        Submission submission = Accounts.submission(Accounts.CONFIRMED);
        assertThat(single.submit(List.of(submission))).containsExactly(taken(submission));

        assertThat(batches.submit(List.of(submission))).containsExactly(taken(submission));
        assertThat(single.submit(List.of(submission)))
                .containsExactly(
                        new SubmitOutcome.Unknown("200", "answered 200 without a reference: perhaps issued before"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(single.find(doubt(submission))).isInstanceOf(LookupAnswer.Found.class);
        assertThat(carrier.ledger().size()).isOne();
    }

    @Test
    void whenTheAnswerIsLostTheLookUpFindsWhatWasTakenAndNothingElse() {
        Submission taken = Accounts.submission(Accounts.CONFIRMED);
        Submission notTaken = Accounts.submission(Accounts.CONFIRMED);
        carrier.nextSubmissions(1, SubmissionFault.LOSE_ANSWER);
        carrier.nextSubmissions(1, SubmissionFault.HTTP503);
        assertThat(batches.submit(List.of(taken)).get(0)).isInstanceOf(SubmitOutcome.Unknown.class);
        assertThat(batches.submit(List.of(notTaken)).get(0)).isInstanceOf(SubmitOutcome.Unknown.class);

        clock.advance(Duration.ofSeconds(20));
        assertThat(batches.find(doubt(taken))).isInstanceOf(LookupAnswer.Unclear.class);
        clock.advance(Duration.ofSeconds(20));
        assertThat(batches.find(doubt(taken))).isInstanceOf(LookupAnswer.Found.class);
        assertThat(batches.find(doubt(notTaken))).isEqualTo(new LookupAnswer.Absent());
    }

    @Test
    void theThreeKindsOf429AreToldApart() {
        carrier.nextSubmissions(1, SubmissionFault.THROTTLE);
        SubmitOutcome limited =
                batches.submit(List.of(Accounts.submission(Accounts.CONFIRMED))).get(0);
        realm.maintenance(true);
        SubmitOutcome maintained =
                batches.submit(List.of(Accounts.submission(Accounts.CONFIRMED))).get(0);
        realm.maintenance(false).dailyQuota(0);
        SubmitOutcome exhausted =
                single.submit(List.of(Accounts.submission(Accounts.CONFIRMED))).get(0);

        assertThat(List.of(limited, maintained, exhausted))
                .extracting(outcome -> ((SubmitOutcome.Refused) outcome).retryAfter())
                .containsExactly(Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofMinutes(15));
        assertThat(carrier.ledger().size()).isZero();
    }

    @Test
    void aRealmWithoutBulkUploadWorksOneByOne() {
        realm.bulkUpload(false);
        Submission submission = Accounts.submission(Accounts.CONFIRMED);

        assertThat(reason(batches.submit(List.of(submission)).get(0))).isEqualTo(FailureReason.ACCOUNT);
        assertThat(single.submit(List.of(submission))).containsExactly(taken(submission));
    }

    @Test
    void everyAttributeIsUnderstood() {
        realm.template("Second shift").dateRequired(true);
        var attributes = new HashMap<>(Map.of(
                CodeRequest.TEST_TYPE, "likely",
                CodeRequest.SYMPTOM_DATE, "2026-11-17",
                CodeRequest.TEST_DATE, "2026-11-19",
                CodeRequest.TZ_OFFSET, "-300",
                CodeRequest.SMS_TEMPLATE, "Second shift",
                CodeRequest.EXTERNAL_ISSUER_ID, "a1b2c3"));
        Submission submission = Accounts.submission(attributes);
        assertThat(batches.submit(List.of(submission))).containsExactly(taken(submission));

        attributes.put(CodeRequest.SMS_TEMPLATE, "Third shift");
        assertThat(reason(
                        batches.submit(List.of(Accounts.submission(attributes))).get(0)))
                .isEqualTo(FailureReason.CONTENT);
        attributes.put(CodeRequest.TEST_DATE, "2026-11-22");
        assertThat(reason(
                        single.submit(List.of(Accounts.submission(attributes))).get(0)))
                .isEqualTo(FailureReason.CONTENT);
    }

    @Test
    void aTextIsWrittenForAnotherProviderToSendAndItsCodeCanBeMadeUseless() {
        var settings = new HashMap<>(Map.of("base-url", carrier.baseUrl().toString()));
        settings.put("api-key", GoogleVerifyCredentials.fake().apiKey());
        try (VerificationCodes codes = VerificationCodes.create(settings)) {
            GeneratedText generated = codes.generate(
                    PhoneNumber.parse("+12025550123"),
                    CodeRequest.of(TestType.CONFIRMED).build());

            assertThat(generated).isInstanceOfSatisfying(GeneratedText.Ready.class, ready -> {
                assertThat(ready.text()).startsWith("Your verification link: https://en.example/v?c=");
                assertThat(ready.expiresAt()).isEqualTo(START.plus(Duration.ofHours(24)));
                assertThat(ready.message().build().text()).isEqualTo(ready.text());
                assertThat(codes.expire(ready.uuid())).isEqualTo(CodeExpiry.EXPIRED);
            });
            assertThat(codes.expire(AttemptId.create().value())).isEqualTo(CodeExpiry.ABSENT);
        }
        assertThat(carrier.ledger().size()).isZero();
    }

    @Test
    void aCodeThatWasClaimedCannotBeMadeUseless() {
        Submission submission = Accounts.submission(Accounts.CONFIRMED);
        batches.submit(List.of(submission));
        clock.advance(Duration.ofHours(2));

        try (VerificationCodes codes = VerificationCodes.create(Map.of(
                "base-url", carrier.baseUrl().toString(),
                "api-key", GoogleVerifyCredentials.fake().apiKey()))) {
            assertThat(codes.expire(submission.reference().value())).isEqualTo(CodeExpiry.NOT_EXPIRED);
        }
    }

    @Test
    void aCodeThatNobodyUsedInTimeIsExpired() {
        carrier.faults(FaultScript.of("no-final=100%"));
        Submission submission = Accounts.submission(Accounts.CONFIRMED);
        batches.submit(List.of(submission));
        clock.advance(Duration.ofHours(24));

        assertThat(status(submission)).isEqualTo("expired UNKNOWN");
    }

    private GoogleVerifyProvider provider(String batch) {
        return new GoogleVerifyProvider(
                new GoogleVerifySettings(Accounts.settings(Map.of(
                        "base-url",
                        carrier.baseUrl().toString(),
                        "api-key",
                        GoogleVerifyCredentials.fake().apiKey(),
                        "batch",
                        batch))),
                clock);
    }

    private String status(Submission submission) {
        var words = new ArrayList<String>();
        for (LookupAnswer answer : batches.lookUp(List.of(new SentAttempt(
                submission.reference(), List.of(submission.reference().toString()), submission.recipient(), START)))) {
            assertThat(answer).isInstanceOfSatisfying(LookupAnswer.Found.class, found -> {
                Receipt receipt = found.receipts().get(0);
                assertThat(receipt.reference()).isEqualTo(submission.reference());
                words.add(receipt.status() + " " + receipt.state());
            });
        }
        return String.join(",", words);
    }

    private SubmitOutcome taken(Submission submission) {
        return SubmitOutcome.Accepted.as(submission.reference().toString());
    }

    private static FailureReason reason(SubmitOutcome outcome) {
        assertThat(outcome).isInstanceOf(SubmitOutcome.Refused.class);
        return ((SubmitOutcome.Refused) outcome).reason();
    }

    private static DoubtfulAttempt doubt(Submission submission) {
        return new DoubtfulAttempt(
                submission.reference(),
                submission.recipient(),
                null,
                submission.text(),
                Segments.of(submission.text()),
                START,
                START.plusSeconds(2));
    }
}
