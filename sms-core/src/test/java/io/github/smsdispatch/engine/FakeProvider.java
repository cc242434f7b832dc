package io.github.smsdispatch.engine;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.DoubtLookup;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.UnknownCodes;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/**
 * A provider that keeps what it took and does what the test says; unless told otherwise it accepts everything, and its
 * log and its status tell the truth. For single-threaded tests.
 */
class FakeProvider implements SmsProvider, StatusLookup, DoubtLookup, WebhookParser, UnknownCodes {
    final ProviderAccount account;
    /** Every submission that reached it. */
    final List<Submission> submissions = new ArrayList<>();
    /** The texts of each call that reached it. */
    final List<List<String>> batches = new ArrayList<>();
    /** What it took: our reference and its id. */
    final Map<AttemptId, String> taken = new HashMap<>();
    /** What it says of each message when asked. */
    ReceiptState status = ReceiptState.ENROUTE;
    /** Whether its log can be read just now. */
    boolean logReadable = true;

    boolean logSettlesNothing;
    /** Whether its log carries our reference. */
    boolean logHasReference = true;

    /** What it reads out of the next webhook requests. */
    WebhookVerdict verdict = WebhookVerdict.refused(403, "not signed");
    /** What its API said that it does not know. */
    Map<String, Long> unknown = Map.of();

    /** What a search in its log brings instead of the truth. */
    Optional<LookupAnswer> scriptedSearch = Optional.empty();
    /** What it says instead of a status. */
    Optional<LookupAnswer> scriptedStatus = Optional.empty();

    int lookups;
    int searches;
    private final Queue<Function<Submission, SubmitOutcome>> script = new ArrayDeque<>();
    private final ProviderTraits traits;

    FakeProvider(String name) {
        this(name, ProviderTraits.builder().absenceProof(Duration.ofMinutes(10)).build());
    }

    FakeProvider(String name, ProviderTraits traits) {
        this.account = ProviderAccount.of(name);
        this.traits = traits;
    }

    /** The next submission is refused. */
    FakeProvider refuse(FailureReason reason) {
        return answer(submission -> SubmitOutcome.Refused.because(reason, reason.name(), "scripted"));
    }

    /** The next submission is throttled. */
    FakeProvider throttle(Duration retryAfter) {
        return answer(submission -> new SubmitOutcome.Refused(FailureReason.THROTTLED, "429", "scripted", retryAfter));
    }

    /** The next submission is taken, but its answer is lost. */
    FakeProvider takeAndLoseTheAnswer() {
        return answer(submission -> {
            take(submission);
            return new SubmitOutcome.Unknown(null, "scripted");
        });
    }

    /** The next submission is not taken, and its answer is lost. */
    FakeProvider dropAndLoseTheAnswer() {
        return answer(submission -> new SubmitOutcome.Unknown(null, "scripted"));
    }

    /** The next submission is answered so. */
    FakeProvider answer(Function<Submission, SubmitOutcome> answer) {
        script.add(answer);
        return this;
    }

    private String take(Submission submission) {
        String id = account.provider() + "-" + submissions.size();
        taken.put(submission.reference(), id);
        return id;
    }

    @Override
    public ProviderTraits traits() {
        return traits;
    }

    @Override
    public List<SubmitOutcome> submit(List<Submission> batch) {
        batches.add(batch.stream().map(Submission::text).toList());
        var outcomes = new ArrayList<SubmitOutcome>();
        for (Submission submission : batch) {
            submissions.add(submission);
            Function<Submission, SubmitOutcome> answer = script.poll();
            outcomes.add(answer == null ? SubmitOutcome.Accepted.as(take(submission)) : answer.apply(submission));
        }
        return outcomes;
    }

    @Override
    public int maxLookupBatch() {
        return 20;
    }

    @Override
    public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
        lookups += attempts.size();
        return attempts.stream()
                .map(attempt -> scriptedStatus.orElseGet(() -> new LookupAnswer.Found(List.of(receipt(
                        attempt.reference(), attempt.providerMessageIds().get(0))))))
                .toList();
    }

    @Override
    public LookupAnswer find(DoubtfulAttempt attempt) {
        searches++;
        if (scriptedSearch.isPresent()) {
            return scriptedSearch.get();
        }
        if (!logReadable) {
            return new LookupAnswer.Failed("500", "scripted", null);
        }
        if (logSettlesNothing) {
            return new LookupAnswer.Unclear("scripted");
        }
        if (logHasReference) {
            String id = taken.get(attempt.reference());
            return id == null
                    ? new LookupAnswer.Absent()
                    : new LookupAnswer.Found(List.of(receipt(attempt.reference(), id)));
        }
        List<Receipt> all = submissions.stream()
                .filter(submission -> taken.containsKey(submission.reference()))
                .filter(submission -> submission.recipient().equals(attempt.recipient()))
                .filter(submission -> submission.text().equals(attempt.text()))
                .map(submission -> new Receipt(
                        account,
                        taken.getOrDefault(submission.reference(), ""),
                        null,
                        status,
                        status.name(),
                        null,
                        null))
                .toList();
        return all.isEmpty() ? new LookupAnswer.Absent() : new LookupAnswer.Found(all);
    }

    @Override
    public WebhookVerdict parse(WebhookRequest request) {
        return verdict;
    }

    @Override
    public Map<String, Long> unknownCodes() {
        return unknown;
    }

    Receipt receipt(AttemptId reference, String id) {
        return new Receipt(account, id, reference, status, status.name(), null, null);
    }
}
