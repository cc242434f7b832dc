package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.ProviderAccount;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants; {@link OptionParser} reads it from the command line.
 *
 * @param help only show the help
 * @param csv the campaign file
 * @param ownCsv whether the user named the file; false: it is the one that comes along
 * @param accounts the provider accounts, the preferred first
 * @param data the folder of database, ledgers and log
 * @param jdbcUrl another database than the one in the folder; null: that one
 * @param jdbcUser its user; null: the URL holds it
 * @param jdbcPassword its password; null: the URL holds it
 * @param maxSegments texts of more segments are sent as several messages
 * @param report where the report goes; null: there is none
 * @param seed what the simulation's randomness begins with
 * @param zone what local times in the file mean
 * @param live real providers instead of simulated ones
 */
record Options(
        boolean help,
        Path csv,
        boolean ownCsv,
        List<ProviderAccount> accounts,
        Path data,
        @Nullable String jdbcUrl,
        @Nullable String jdbcUser,
        @Nullable String jdbcPassword,
        int maxSegments,
        @Nullable Path report,
        long seed,
        ZoneId zone,
        boolean live) {
    /** Nothing that may hold a password. */
    @Override
    public String toString() {
        return "Options[" + csv + ", " + accounts + ", " + data + "]";
    }
}
