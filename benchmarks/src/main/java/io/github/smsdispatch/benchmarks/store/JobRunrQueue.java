package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration.JobRunrConfigurationResult;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.mariadb.MariaDbStorageProvider;

/**
 * JobRunr with a job a message, set as in its maker's own performance test: polls every 5 seconds, and fetches more
 * whenever workers are idle. The clock starts with the first hand-over, so that the first poll does not count.
 */
final class JobRunrQueue implements Turn {
    private final HikariDataSource dataSource;
    private final InstantProvider provider;
    private final BackgroundJobServer server;

    /** What a job is given; JobRunr sees public classes only. */
    public static final class Send implements JobRequest {
        private static final long serialVersionUID = 1;

        private String text = "";

        /** For what reads it from the table. */
        public Send() {}

        Send(String text) {
            this.text = text;
        }

        @Override
        public Class<Sender> getJobRequestHandler() {
            return Sender.class;
        }
    }

    /** What does a job. */
    public static final class Sender implements JobRequestHandler<Send> {
        private final InstantProvider provider;

        Sender(InstantProvider provider) {
            this.provider = provider;
        }

        @Override
        public void run(Send job) {
            provider.take(job.text);
        }
    }

    private JobRunrQueue(HikariDataSource dataSource, InstantProvider provider, BackgroundJobServer server) {
        this.dataSource = dataSource;
        this.provider = provider;
        this.server = server;
    }

    /** @param workers 0: as many as it takes by itself */
    static JobRunrQueue open(String url, int messages, int workers) {
        // It wants that of drivers from 3.0 to 3.2, takes 4.0 for one of them, and looks for the word in an address
        // from
        // which the driver leaves out what is the default.
        HikariDataSource dataSource =
                MariaDb.pool(url + "&useBulkStmts=false&connectionAttributes=told:useBulkStmts=false", 16);
        var provider = new InstantProvider(messages, 1);
        BackgroundJobServerConfiguration settings =
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andPollInterval(Duration.ofSeconds(5));
        if (workers > 0) {
            settings = settings.andWorkerCount(workers);
        }
        JobRunrConfigurationResult jobRunr = JobRunr.configure()
                .useJobActivator(new JobActivator() {
                    @Override
                    public <T> T activateJob(Class<T> type) {
                        return type.cast(new Sender(provider));
                    }
                })
                .useStorageProvider(new MariaDbStorageProvider(dataSource))
                .useBackgroundJobServer(settings, false)
                .initialize();
        jobRunr.getJobRequestScheduler()
                .enqueue(IntStream.range(0, messages).mapToObj(i -> new Send(Campaign.text(i))));
        return new JobRunrQueue(dataSource, provider, JobRunr.getBackgroundJobServer());
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public long run() throws Exception {
        server.start();
        return Polls.sinceFirst(
                provider, dataSource, "SELECT COUNT(*) FROM jobrunr_jobs WHERE state IN ('ENQUEUED', 'PROCESSING')");
    }

    @Override
    public void check() {
        provider.expectEachOnce();
    }

    @Override
    public void close() throws SQLException {
        JobRunr.destroy();
        MariaDb.drop(dataSource);
    }
}
