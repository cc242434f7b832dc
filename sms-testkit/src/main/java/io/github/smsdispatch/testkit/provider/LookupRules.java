package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.DoubtLookup;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.RecipientCheck;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.Submission;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A provider that can be asked gives one answer for each question, and never takes its own failure for an answer. */
abstract class LookupRules extends ProviderRules {
    private static final int MOST = 200;

    private static final String OTHER_TEXT = "Your parcel is here";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Test
    @DisplayName("a status look-up finds one and a full batch, each with its own id, whatever the order of the answer")
    void statusFound() {
        try (SmsProvider provider = fixture().provider()) {
            StatusLookup lookup = as(StatusLookup.class, provider);
            assertFound(lookup, 1);
            assertFound(lookup, Math.min(MOST, lookup.maxLookupBatch()));
        }
    }

    @Test
    @DisplayName("what others handed over, of which only the id is known, is found too")
    void statusByIdAlone() {
        try (SmsProvider provider = fixture().provider()) {
            StatusLookup lookup = as(StatusLookup.class, provider);
            List<SentAttempt> attempts = attempts(1);
            fixture().answer(call -> told(contract().knows(call, attempts), "StatusLookup", "knows"));
            String id = attempts.get(0).providerMessageIds().get(0);
            LookupAnswer answer = lookup.lookUp(List.of(SentAttempt.byId(id))).get(0);
            assertEquals(
                    id,
                    assertInstanceOf(LookupAnswer.Found.class, answer)
                            .receipts()
                            .get(0)
                            .providerMessageId());
        }
    }

    @Test
    @DisplayName("what the API does not know is absent")
    void statusAbsent() {
        try (SmsProvider provider = fixture().provider()) {
            StatusLookup lookup = as(StatusLookup.class, provider);
            List<SentAttempt> attempts = attempts(Math.min(3, lookup.maxLookupBatch()));
            var told = new AtomicBoolean(true);
            fixture().answer(call -> {
                ApiReply reply = contract().knowsNothingOf(call, asked(call, attempts));
                told.set(reply != null);
                return reply == null ? ApiReply.json(500, "{}") : reply;
            });
            List<LookupAnswer> answers = lookup.lookUp(attempts);
            assumeTrue(told.get(), "the API never says that it does not know");
            assertEquals(
                    attempts.stream().map(attempt -> new LookupAnswer.Absent()).toList(), answers);
        }
    }

    @Test
    @DisplayName("a hand-over that is in the log is found")
    void doubtFound() {
        try (SmsProvider provider = fixture().provider()) {
            DoubtLookup lookup = as(DoubtLookup.class, provider);
            Submission submission = fixture().submission(1);
            DoubtfulAttempt attempt = Question.doubtful(submission, now);
            fixture().answer(call -> told(contract().finds(call, attempt), "DoubtLookup", "finds"));
            assertFound(attempt, submission, lookup.find(attempt));
        }
    }

    @Test
    @DisplayName("somebody else's hand-over that is in the log is not taken for ours")
    void doubtOfAnother() {
        try (SmsProvider provider = fixture().provider()) {
            DoubtLookup lookup = as(DoubtLookup.class, provider);
            DoubtfulAttempt attempt = Question.doubtful(fixture().submission(1), now);
            fixture().answer(call -> told(contract().finds(call, attempt), "DoubtLookup", "finds"));
            boolean refers = lookup.find(attempt) instanceof LookupAnswer.Found found
                    && found.receipts().stream().anyMatch(receipt -> receipt.reference() != null);
            DoubtfulAttempt other =
                    Question.doubtful(contract().submission(1, refers ? attempt.text() : OTHER_TEXT), now);
            var told = new AtomicBoolean(true);
            fixture().answer(call -> {
                ApiReply reply = contract().findsAnother(call, attempt, other);
                told.set(reply != null);
                return reply == null ? ApiReply.json(500, "{}") : reply;
            });
            LookupAnswer answer = lookup.find(attempt);
            assumeTrue(told.get(), "the API answers about nothing else than what it is asked about");
            assertFalse(
                    answer instanceof LookupAnswer.Found,
                    () -> "took another hand-over for the one in doubt: " + answer
                            + "; if the API only ever answers about the one asked about, override findsAnother");
        }
    }

    @Test
    @DisplayName("a hand-over on the second page of the log is found")
    void doubtOnSecondPage() {
        try (SmsProvider provider = fixture().provider()) {
            DoubtLookup lookup = as(DoubtLookup.class, provider);
            Submission submission = fixture().submission(1);
            DoubtfulAttempt attempt = Question.doubtful(submission, now);
            LookupAnswer answer = findOnTwoPages(
                    lookup, attempt, call -> told(contract().finds(call, attempt), "DoubtLookup", "finds"));
            assertFound(attempt, submission, answer);
        }
    }

    @Test
    @DisplayName("a log whose second page cannot be read proves no absence")
    void doubtWithoutSecondPage() {
        try (SmsProvider provider = fixture().provider()) {
            DoubtLookup lookup = as(DoubtLookup.class, provider);
            DoubtfulAttempt attempt = Question.doubtful(fixture().submission(1), now);
            LookupAnswer answer = findOnTwoPages(lookup, attempt, call -> ApiReply.json(500, "{}"));
            assertTrue(
                    answer instanceof LookupAnswer.Failed || answer instanceof LookupAnswer.Unclear,
                    () -> "without the second page it answered " + answer);
        }
    }

    private LookupAnswer findOnTwoPages(
            DoubtLookup lookup, DoubtfulAttempt attempt, Function<ApiCall, ApiReply> second) {
        var told = new AtomicBoolean(true);
        fixture().answer(call -> {
            ApiReply reply = contract().findsOnTwoPages(call, attempt, second.apply(call));
            told.set(reply != null);
            return reply == null ? ApiReply.json(500, "{}") : reply;
        });
        LookupAnswer answer = lookup.find(attempt);
        assumeTrue(told.get(), "the log has no pages");
        return answer;
    }

    /** By our reference where the log has it, else by the id. */
    private void assertFound(DoubtfulAttempt attempt, Submission submission, LookupAnswer answer) {
        String id = contract().messageId(submission);
        for (Receipt receipt :
                assertInstanceOf(LookupAnswer.Found.class, answer).receipts()) {
            assertOurs(receipt);
            if (receipt.reference() == null) {
                assertEquals(id, receipt.providerMessageId());
            } else {
                assertEquals(attempt.reference(), receipt.reference());
            }
        }
    }

    @Test
    @DisplayName("a hand-over that is not in the log is absent")
    void doubtAbsent() {
        try (SmsProvider provider = fixture().provider()) {
            DoubtLookup lookup = as(DoubtLookup.class, provider);
            DoubtfulAttempt attempt = Question.doubtful(fixture().submission(1), now);
            fixture().answer(call -> told(contract().findsNothing(call, attempt), "DoubtLookup", "findsNothing"));
            assertEquals(new LookupAnswer.Absent(), lookup.find(attempt));
        }
    }

    @Test
    @DisplayName("numbers that can get texts are found so, one finding for each")
    void checked() {
        try (SmsProvider provider = fixture().provider()) {
            RecipientCheck check = as(RecipientCheck.class, provider);
            fixture().answer(call -> told(contract().checks(call), "RecipientCheck", "checks"));
            List<PhoneNumber> numbers = fixture().submissions(0, Math.min(MOST, check.maxCheckBatch())).stream()
                    .map(Submission::recipient)
                    .toList();
            List<RecipientFinding> findings = check.check(numbers);
            assertEquals(
                    numbers.stream()
                            .map(number -> RecipientFinding.Reach.POSSIBLE)
                            .toList(),
                    findings.stream().map(RecipientFinding::reach).toList());
        }
    }

    @Test
    @DisplayName("a log ends with its last page")
    void logEnds() {
        try (SmsProvider provider = fixture().provider()) {
            MessageLog log = as(MessageLog.class, provider);
            fixture().answer(call -> told(contract().onlyLogPage(call), "MessageLog", "onlyLogPage"));
            LogAnswer answer = log.readLog(now.minus(Duration.ofHours(1)), now, null);
            LogAnswer.Page page = assertInstanceOf(LogAnswer.Page.class, answer);
            assertFalse(page.receipts().isEmpty(), "nothing on the page");
            page.receipts().forEach(this::assertOurs);
            assertNull(page.next(), "a further page after the last");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            // NO_SERVER, POOLED and STALL have tests of their own; a larger page may be within a log's bounds.
            mode = Mode.EXCLUDE,
            names = {
                "UNKNOWN_HOST", "TLS_FAILURE", "CONNECTION_REFUSED", "CLOSE_WHILE_POOLED", "CLOSE_POOLED_AT_FIRST_BYTE",
                "CLOSE_POOLED_AFTER_REQUEST", "STALL_BEFORE_ANSWER", "STALL_IN_HEADERS", "STALL_IN_BODY", "SUCCESS_HUGE"
            })
    @DisplayName("a look-up that fails says so, and never that there is nothing")
    void faults(HandOverFault fault) {
        try (SmsProvider provider = fixture().provider()) {
            for (Question question : Question.to(provider, this)) {
                fixture().server().play(new FaultScripts(question.denial()).of(fault));
                assertFailed(question, fault);
            }
        }
    }

    @Test
    @DisplayName("a look-up that stalls says so")
    void stalls() {
        int questions;
        try (SmsProvider provider = fixture().provider()) {
            questions = Question.to(provider, this).size();
        }
        assumeTrue(questions > 0, "there is nothing that the provider can be asked");
        ProviderFixture.atOnce(IntStream.range(0, questions)
                .<Runnable>mapToObj(question -> () -> stall(question))
                .toList());
    }

    private void stall(int index) {
        HandOverFault fault = HandOverFault.STALL_IN_BODY;
        ProviderFixture.whileStalling("a look-up under " + fault, deadline -> {
            try (var room = new ProviderFixture(contract());
                    SmsProvider provider = room.provider(room.url(), deadline)) {
                Question question = Question.to(provider, this).get(index);
                room.server().play(new FaultScripts(question.denial()).of(fault));
                assertFailed(question, fault);
                return room.server().played() > 0;
            }
        });
    }

    @Test
    @DisplayName("a look-up that finds nobody there says so")
    void noServer() {
        try (var nobody = new RefusingPort();
                SmsProvider provider = fixture().provider(nobody.url(), ProviderFixture.PATIENT)) {
            for (Question question : Question.to(provider, this)) {
                assertFailed(question, HandOverFault.CONNECTION_REFUSED);
            }
        }
    }

    private void assertFailed(Question question, HandOverFault fault) {
        Question.Answer answer = question.ask().get();
        assertTrue(answer.failed(), () -> question.name() + " after " + fault + " answered " + answer.shown());
        new Hidden(contract(), List.of(ProviderFixture.TEXT)).assertNotIn("the answer", answer.shown());
    }

    private void assertFound(StatusLookup lookup, int count) {
        List<SentAttempt> attempts = attempts(count);
        fixture()
                .answer(call ->
                        told(contract().knows(call, backwards(asked(call, attempts))), "StatusLookup", "knows"));
        List<LookupAnswer> answers = lookup.lookUp(attempts);
        assertEquals(count, answers.size(), "answers");
        for (int i = 0; i < count; i++) {
            List<Receipt> receipts =
                    assertInstanceOf(LookupAnswer.Found.class, answers.get(i)).receipts();
            String expected = attempts.get(i).providerMessageIds().get(0);
            for (Receipt receipt : receipts) {
                assertOurs(receipt);
                assertEquals(expected, receipt.providerMessageId());
            }
        }
    }

    private void assertOurs(Receipt receipt) {
        assertEquals(fixture().account(), receipt.account());
        assertFalse(receipt.state() == ReceiptState.UNKNOWN, () -> "the provider does not know " + receipt.status());
    }

    private List<SentAttempt> attempts(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Question.sent(contract(), fixture().submission(number), now))
                .toList();
    }

    /** No API promises to keep the order. */
    private static List<SentAttempt> backwards(List<SentAttempt> attempts) {
        var reversed = new ArrayList<>(attempts);
        Collections.reverse(reversed);
        return reversed;
    }

    /** Those that the request is about. */
    private static List<SentAttempt> asked(ApiCall call, List<SentAttempt> attempts) {
        List<SentAttempt> asked = attempts.stream()
                .filter(attempt -> call.mentions(attempt.providerMessageIds().get(0))
                        || mentions(call, attempt.reference())
                        || (attempt.recipient() != null
                                && call.mentions(attempt.recipient().digits())))
                .toList();
        return asked.isEmpty() ? attempts : asked;
    }

    private static boolean mentions(ApiCall call, @Nullable AttemptId reference) {
        return reference != null && call.mentions(reference.toString());
    }

    private static <T> T as(Class<T> capability, SmsProvider provider) {
        assumeTrue(capability.isInstance(provider), () -> "the provider is no " + capability.getSimpleName());
        return capability.cast(provider);
    }
}
