package io.github.smsdispatch.testkit.provider;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.spi.DoubtLookup;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.spi.RecipientCheck;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.Submission;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Something that a provider can be asked about one message or number.
 *
 * @param name the capability
 * @param ask asks
 * @param denial how the API says that it does not know it, or else the answer of most consequence
 * @param knowledge how the API tells what it knows
 */
record Question(
        String name, Supplier<Answer> ask, Function<ApiCall, ApiReply> denial, Function<ApiCall, ApiReply> knowledge) {
    /** One that the API answers in one way only. */
    Question(String name, Supplier<Answer> ask, Function<ApiCall, ApiReply> only) {
        this(name, ask, only, only);
    }

    /**
     * What came of it.
     *
     * @param failed whether the provider says that it could not tell
     * @param shown the answer in words
     */
    record Answer(boolean failed, String shown) {}

    /** All that this provider can be asked. */
    static List<Question> to(SmsProvider provider, ProviderRules rules) {
        var questions = new ArrayList<Question>();
        SmsProviderContract contract = rules.contract();
        Submission submission = contract.submission(1, ProviderFixture.TEXT);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (provider instanceof StatusLookup lookup) {
            List<SentAttempt> asked = List.of(sent(contract, submission, now));
            Function<ApiCall, ApiReply> knows =
                    call -> rules.told(contract.knows(call, asked), "StatusLookup", "knows");
            questions.add(new Question(
                    "StatusLookup",
                    () -> answer(lookup.lookUp(asked)),
                    call -> {
                        ApiReply denial = contract.knowsNothingOf(call, asked);
                        return denial != null ? denial : knows.apply(call);
                    },
                    knows));
        }
        if (provider instanceof DoubtLookup lookup) {
            DoubtfulAttempt attempt = doubtful(submission, now);
            questions.add(new Question(
                    "DoubtLookup",
                    () -> answer(List.of(lookup.find(attempt))),
                    call -> rules.told(contract.findsNothing(call, attempt), "DoubtLookup", "findsNothing"),
                    call -> rules.told(contract.finds(call, attempt), "DoubtLookup", "finds")));
        }
        if (provider instanceof RecipientCheck check) {
            questions.add(new Question(
                    "RecipientCheck",
                    () -> answer(onlyOne(check.check(List.of(submission.recipient())))),
                    call -> rules.told(contract.checks(call), "RecipientCheck", "checks")));
        }
        if (provider instanceof MessageLog log) {
            questions.add(new Question(
                    "MessageLog",
                    () -> answer(log.readLog(now.minusSeconds(3600), now, null)),
                    call -> rules.told(contract.onlyLogPage(call), "MessageLog", "onlyLogPage")));
        }
        return questions;
    }

    static SentAttempt sent(SmsProviderContract contract, Submission submission, Instant now) {
        return new SentAttempt(
                submission.reference(), List.of(contract.messageId(submission)), submission.recipient(), now);
    }

    static DoubtfulAttempt doubtful(Submission submission, Instant now) {
        AttemptId reference = submission.reference();
        return new DoubtfulAttempt(
                reference,
                submission.recipient(),
                submission.sender(),
                submission.text(),
                submission.segments(),
                now.minusSeconds(20),
                now.minusSeconds(10));
    }

    private static Answer answer(List<LookupAnswer> answers) {
        LookupAnswer answer = onlyOne(answers);
        return new Answer(answer instanceof LookupAnswer.Failed, answer.toString());
    }

    private static Answer answer(RecipientFinding finding) {
        return new Answer(finding.reach() == RecipientFinding.Reach.UNKNOWN, finding.toString());
    }

    private static Answer answer(LogAnswer answer) {
        return new Answer(answer instanceof LogAnswer.Failed, answer.toString());
    }

    private static <T> T onlyOne(List<T> answers) {
        if (answers.size() != 1) {
            throw new AssertionError("asked for one, and got " + answers.size() + " answers");
        }
        return answers.get(0);
    }
}
