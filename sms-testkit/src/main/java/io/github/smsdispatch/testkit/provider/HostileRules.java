package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever the API answers is classified, and throws nothing. */
abstract class HostileRules extends ProviderRules {
    @Test
    @DisplayName("a hand-over that is answered with nonsense has an outcome, and a doubt where nothing can be read")
    void submits() {
        Submission submission = fixture().submission(1);
        ApiReply yes = yesTo(submission);
        try (SmsProvider provider = fixture().provider()) {
            for (HostileAnswer answer : HostileAnswers.of(yes)) {
                play(yes.status(), answer);
                SubmitOutcome outcome = guarded(answer, () -> fixture().submit(provider, submission));
                if (answer.unreadable()) {
                    assertEquals(Ending.UNKNOWN, Ending.of(outcome), answer.name());
                }
            }
        }
    }

    @Test
    @DisplayName("an error status is no yes, whatever comes with it")
    void errorsAreNoYes() {
        Submission submission = fixture().submission(1);
        ApiReply yes = yesTo(submission);
        try (SmsProvider provider = fixture().provider()) {
            for (int status : List.of(302, 400, 404, 422, 500, 503)) {
                fixture().answer(call -> new ApiReply(status, yes.contentType(), yes.body()));
                SubmitOutcome outcome = fixture().submit(provider, submission);
                assertNotEquals(Ending.ACCEPTED, Ending.of(outcome), "a yes with status " + status);
                for (HostileAnswer answer : HostileAnswers.of(new ApiReply(status, yes.contentType(), "{}"))) {
                    play(status, answer);
                    SubmitOutcome other = guarded(answer, () -> fixture().submit(provider, submission));
                    assertNotEquals(Ending.ACCEPTED, Ending.of(other), () -> status + " with " + answer.name());
                }
            }
        }
    }

    @Test
    @DisplayName("a look-up that is answered with nonsense has an answer, and none where nothing can be read")
    void lookups() {
        try (SmsProvider provider = fixture().provider()) {
            for (Question question : Question.to(provider, this)) {
                fixture().answer(question.denial());
                assertFalse(question.ask().get().shown().isEmpty());
                List<ApiCall> calls = fixture().server().calls();
                ApiReply denial = question.denial().apply(calls.get(calls.size() - 1));
                for (HostileAnswer answer : HostileAnswers.of(new ApiReply(200, denial.contentType(), denial.body()))) {
                    play(200, answer);
                    Question.Answer given = guarded(answer, () -> question.ask().get());
                    assertTrue(
                            given.failed() || !answer.unreadable(),
                            () -> question.name() + " after " + answer.name() + " answered " + given.shown());
                }
            }
        }
    }

    private void play(int status, HostileAnswer answer) {
        fixture().server().play(answer.withStatus(status));
    }

    private ApiReply yesTo(Submission submission) {
        try (SmsProvider provider = fixture().provider()) {
            fixture().submit(provider, submission);
        }
        return contract().accepts(fixture().server().calls().get(0));
    }

    private static <T> T guarded(HostileAnswer answer, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw new AssertionError("an answer of this kind throws " + e + ": " + answer.name(), e);
        }
    }
}
