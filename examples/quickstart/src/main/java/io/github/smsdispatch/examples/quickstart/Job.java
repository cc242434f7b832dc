package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.testkit.carrier.Ledger;
import io.github.smsdispatch.testkit.carrier.LedgerCheck;
import io.github.smsdispatch.testkit.carrier.LedgerComparison;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The job itself: load the file while its first messages are sent already, follow them to their end, and sum up. */
final class Job {
    private static final Duration LOOK_PAUSE = Duration.ofMillis(100);

    private final Setup setup;
    private final Options options;
    private final Screen screen;
    private final Agenda agenda = new Agenda();
    private final Loading loading;

    Job(Setup setup, Options options, Terminal terminal, PrintStream out) {
        this.setup = setup;
        this.options = options;
        this.screen = new Screen(out, terminal, options);
        this.loading = new Loading(setup.file(), options, agenda);
    }

    /**
     * Does it.
     *
     * @return whether every message that is due is final, none is lost and none was sent twice
     * @throws InterruptedException if the thread is interrupted
     */
    boolean run() throws InterruptedException {
        screen.opening(setup);
        Instant loadedAt = setup.clock().instant();
        ProgressMeter meter;
        Loading.Result loaded;
        Duration elapsed;
        try (DispatchEngine engine = Engines.create(setup, options)) {
            if (setup.receipts() != null) {
                setup.receipts().serve(engine);
            }
            meter = new ProgressMeter(engine, new CarrierMood(setup.carriers()), setup.clock());
            engine.start();
            loaded = follow(engine, meter, loadedAt);
            elapsed = meter.elapsed();
        }
        Progress end = meter.exactLook();
        screen.ended();
        LedgerComparison ledgers = compare(loadedAt);
        screen.closing(end, setup.carriers(), ledgers, elapsed);
        if (options.report() != null) {
            Report.write(options.report(), end, options.accounts(), ledgers, elapsed, loaded);
        }
        return end.underway() == 0 && (ledgers == null || ledgers.isClean());
    }

    private Loading.Result follow(DispatchEngine engine, ProgressMeter meter, Instant loadedAt)
            throws InterruptedException {
        CompletableFuture<Loading.Result> load = CompletableFuture.supplyAsync(() -> loading.into(engine, loadedAt));
        var jumps = new TimeJumps(setup.store(), setup.clock(), agenda);
        Trouble trouble = Trouble.of(setup.carriers());
        Loading.Result loaded = null;
        while (loaded == null || !isDone(engine, meter)) {
            Progress progress = meter.look();
            screen.show(progress);
            if (trouble != null) {
                screen.say(progress, trouble.after(progress));
            }
            if (loaded == null && load.isDone()) {
                loaded = result(load);
                screen.loaded(progress, loaded);
            } else if (loaded != null && !options.live()) {
                screen.say(progress, jumps.consider(progress));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_PAUSE.toMillis());
        }
        return loaded;
    }

    /** In a simulation the clock jumps until everything is final; a live run leaves what is due later to the next one. */
    private boolean isDone(DispatchEngine engine, ProgressMeter meter) throws InterruptedException {
        return options.live() ? meter.exactLook().underway() == 0 : engine.drain(Duration.ZERO);
    }

    private static Loading.Result result(CompletableFuture<Loading.Result> load) {
        try {
            return load.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private @Nullable LedgerComparison compare(Instant loadedAt) {
        if (setup.carriers().isEmpty()) {
            return null;
        }
        screen.say("Comparing with the carriers' ledgers ...");
        Map<ProviderAccount, Ledger> ledgers = new LinkedHashMap<>();
        setup.carriers().forEach((account, carrier) -> ledgers.put(account, carrier.ledger()));
        var check = new LedgerCheck(setup.store(), ledgers);
        return loading.again(loadedAt, check::run);
    }
}
