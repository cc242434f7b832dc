package io.github.smsdispatch.infobip;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands a batch over in one request, without what is known to be wrong. Thread-safe. */
final class InfobipSubmissions {
    private final ProviderHttp http;
    private final Function<List<Submission>, ExchangeRequest> write;
    private final InfobipAnswers answers;

    /** @param write makes one request of all; may throw */
    InfobipSubmissions(ProviderHttp http, Function<List<Submission>, ExchangeRequest> write, InfobipAnswers answers) {
        this.http = http;
        this.write = write;
        this.answers = answers;
    }

    List<SubmitOutcome> submit(List<Submission> batch) {
        var outcomes = new ArrayList<@Nullable SubmitOutcome>(batch.size());
        var going = new ArrayList<Submission>();
        for (Submission submission : batch) {
            @Nullable String problem = InfobipMessages.problemWith(submission);
            outcomes.add(
                    problem == null
                            ? null
                            : SubmitOutcome.Refused.because(FailureReason.CONTENT, null, "not sent: " + problem));
            if (problem == null) {
                going.add(submission);
            }
        }
        List<SubmitOutcome> answered = going.isEmpty() ? List.of() : exchange(going);
        var all = new ArrayList<SubmitOutcome>(batch.size());
        int next = 0;
        for (@Nullable SubmitOutcome outcome : outcomes) {
            all.add(outcome == null ? answered.get(next++) : outcome);
        }
        return all;
    }

    private List<SubmitOutcome> exchange(List<Submission> going) {
        List<AttemptId> references = going.stream().map(Submission::reference).toList();
        return Outcomes.submit(
                http,
                () -> write.apply(going),
                result -> answers.ofSubmit(references, result),
                refused -> notWritten(refused, going.size()));
    }

    /** Which of several messages could not be written is not known. */
    private static List<SubmitOutcome> notWritten(SubmitOutcome.Refused refused, int size) {
        return Collections.nCopies(size, size > 1 ? Outcomes.together(refused, refused.detail()) : refused);
    }
}
