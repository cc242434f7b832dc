package io.github.smsdispatch.testkit.provider;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.testkit.logs.CapturedLines;
import io.github.smsdispatch.testkit.logs.JavaLogging;
import io.github.smsdispatch.testkit.logs.StandardStreams;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Everything that a provider may be tempted to log, once. Runs in a class loader of its own. */
final class LogScenario {
    /** In no other text of the tests. */
    private static final String WORD = "Geheimnis";

    /** More than a word: a single one cannot be told from a code that may show. */
    private static final String TEXT = WORD + " wahren";

    /** What an API repeats of a message. */
    private static final String WORDS = "+447700900987 447700900987 " + TEXT;

    /** Proves that each road is watched. */
    private static final String CANARY = "io.github.smsdispatch.canary";

    private static final String SLF4J = "SLF4J: ";

    /** Headers that hold credentials, by a part of their name. */
    private static final Pattern CREDENTIALS = Pattern.compile("auth|key|token|secret|pass|sign|cookie");

    /** Our reference, which some APIs take as an idempotency key; it may show. */
    private static final Pattern REFERENCE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Shorter values would be found by accident. */
    private static final int SHORTEST_SECRET = 6;

    private final SmsProviderContract contract;
    private final Hidden hidden;
    private final List<String> shown = new ArrayList<>();

    private LogScenario(SmsProviderContract contract) {
        this.contract = contract;
        this.hidden = new Hidden(contract, List.of(WORD, ProviderFixture.TEXT));
    }

    /** Returns the lines that show something; none if all is well. */
    static List<String> run(String contractClass) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(contractClass).getDeclaredConstructor();
        constructor.setAccessible(true);
        return new LogScenario((SmsProviderContract) constructor.newInstance()).findings();
    }

    private List<String> findings() {
        List<String> logged = new ArrayList<>();
        var streams = new StandardStreams();
        try (streams;
                var javaLogging = new JavaLogging();
                var room = new ProviderFixture(contract)) {
            LoggerFactory.getLogger(CANARY).trace(CANARY);
            Logger.getLogger(CANARY).log(Level.FINEST, CANARY);
            play(room);
            room.server().calls().forEach(this::hideCredentials);
            CapturedLines.all().forEach(line -> logged.add(SLF4J + line));
            javaLogging.all().forEach(line -> logged.add("java.util.logging: " + line));
        }
        List<String> findings = new ArrayList<>();
        if (logged.stream().filter(line -> line.contains(CANARY)).count() != 2) {
            findings.add("the test cannot see what is logged: SLF4J 2.0.9 or later is needed");
        }
        logged.removeIf(line -> line.contains(CANARY));
        if (logged.stream().noneMatch(line -> line.startsWith(SLF4J)) && contract.logsItsExchanges()) {
            findings.add("nothing at all was logged through SLF4J; if that is meant, override logsItsExchanges");
        }
        streams.all().lines().forEach(line -> logged.add("System.out or System.err: " + line));
        shown.forEach(line -> logged.add("shown: " + line));
        logged.stream().filter(hidden::isIn).distinct().forEach(findings::add);
        return findings;
    }

    private void play(ProviderFixture room) {
        try (SmsProvider provider = room.provider(room.url(), Duration.ofSeconds(10))) {
            shown.add(String.valueOf(provider));
            submit(room, provider);
            ask(room, provider);
            if (provider instanceof WebhookParser parser) {
                contract.webhooks().forEach(genuine -> receive(parser, genuine));
            }
        }
        try (SmsProvider lonely = room.provider("https://sms-gateway.invalid", Duration.ofSeconds(10))) {
            show("submit to nobody", () -> lonely.submit(List.of(submission())));
        }
    }

    private void submit(ProviderFixture room, SmsProvider provider) {
        room.accept();
        show("submit", () -> provider.submit(List.of(submission())));
        for (HandOverFault fault : List.of(
                HandOverFault.CLOSE_AFTER_REQUEST,
                HandOverFault.CLOSE_IN_BODY,
                HandOverFault.NO_HTTP,
                HandOverFault.SUCCESS_OTHER_SHAPE,
                HandOverFault.SUCCESS_HUGE,
                HandOverFault.STATUS_307,
                HandOverFault.STATUS_429)) {
            room.server().play(room.scripts().of(fault));
            show("submit, " + fault, () -> provider.submit(List.of(submission())));
        }
        for (int status : List.of(200, 201, 202, 302, 400, 401, 403, 404, 422, 429, 500, 503)) {
            for (String echo : echoes()) {
                room.answer(call -> ApiReply.json(status, echo));
                show("submit, " + status, () -> provider.submit(List.of(submission())));
            }
        }
        echoedRefusals(room, provider);
    }

    /** The API's own refusal, with number and text wherever it says something in words. */
    private void echoedRefusals(ProviderFixture room, SmsProvider provider) {
        room.answer(call -> {
            ApiReply refusal = contract.refuses(call, Set.copyOf(call.numbers()));
            return refusal == null ? ApiReply.json(400, "{}") : refusal;
        });
        show("submit, refused", () -> provider.submit(List.of(submission())));
        for (String echo : List.of("+447700900987", TEXT, "987654")) {
            room.answer(call -> {
                ApiReply refusal = contract.refusesWith(call, echo);
                return refusal == null ? ApiReply.json(400, "{}") : refusal;
            });
            show("submit, refused with a new code", () -> provider.submit(List.of(submission())));
        }
    }

    private void ask(ProviderFixture room, SmsProvider provider) {
        ProviderRules rules = new ProviderRules() {
            @Override
            ProviderFixture fixture() {
                return room;
            }
        };
        for (Question question : Question.to(provider, rules)) {
            room.answer(question.denial());
            show(question.name(), () -> question.ask().get());
            room.answer(question.knowledge());
            show(question.name() + ", known", () -> question.ask().get());
            room.answer(call -> Talkative.made(question.knowledge().apply(call), WORDS));
            show(question.name() + ", known with number and text", () -> question.ask()
                    .get());
            for (int status : List.of(200, 400, 404, 500)) {
                for (String echo : echoes()) {
                    room.answer(call -> ApiReply.json(status, echo));
                    show(question.name() + ", " + status, () -> question.ask().get());
                }
            }
            room.server().play(room.scripts().of(HandOverFault.CLOSE_AFTER_REQUEST));
            show(question.name() + ", no answer", () -> question.ask().get());
        }
    }

    private void receive(WebhookParser parser, GenuineWebhook genuine) {
        for (var event : genuine.events()) {
            event.fold(
                    receipt -> true,
                    inbound -> {
                        hidden.add(digits(inbound.from()));
                        if (!inbound.text().isBlank()) {
                            hidden.add(inbound.text());
                        }
                        return true;
                    },
                    consent -> {
                        hidden.add(consent.recipient().digits());
                        return true;
                    });
        }
        show(genuine + "", () -> parser.parse(genuine.request()));
        Forgeries.of(genuine).stream()
                .filter(forgery -> !forgery.name().contains("flipped"))
                .forEach(forgery -> show(genuine + " " + forgery.name(), () -> parser.parse(forgery.request())));
    }

    private static String digits(String sender) {
        return sender.startsWith("+") ? sender.substring(1) : sender;
    }

    /** Error bodies that repeat what was sent, in the fields where APIs put their errors. */
    private static List<String> echoes() {
        String error = "\"code\":\"" + WORDS + "\",\"status\":\"" + WORDS + "\",\"message\":\"" + WORDS
                + "\",\"title\":\"" + WORDS + "\",\"detail\":\"" + WORDS + "\",\"error\":\"" + WORDS
                + "\",\"error-text\":\"" + WORDS + "\"";
        return List.of("{" + error + "}", "{\"messages\":[{" + error + "}]}", "{\"error\":{" + error + "}}", WORDS);
    }

    private Submission submission() {
        return contract.submission(987, TEXT);
    }

    private void show(String what, Supplier<Object> call) {
        try {
            shown.add(what + ": " + call.get());
        } catch (RuntimeException e) {
            // That it throws is found by other tests; here it matters what the exception shows.
            shown.add(what + ": " + e);
        }
    }

    /** Credentials as they went over the wire, such as user and password in Base64. */
    private void hideCredentials(ApiCall call) {
        call.headers().forEach((name, values) -> {
            if (CREDENTIALS.matcher(name).find()) {
                values.forEach(this::hideCredential);
            }
        });
    }

    private void hideCredential(String value) {
        String credential = value.substring(value.lastIndexOf(' ') + 1);
        if (!REFERENCE.matcher(credential).matches() && credential.length() >= SHORTEST_SECRET) {
            hidden.add(credential);
        }
    }
}
