package io.github.smsdispatch.killharness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** All processes of a run, and how each is started. */
final class Cast {
    private final Plan plan;
    private final Path folder;
    private final String jdbcUrl;
    private final Map<Carrier, Integer> carrierPorts = new EnumMap<>(Carrier.class);
    private final List<Victim> victims = new ArrayList<>();
    private final Victim enqueuer;

    /**
     * @param ours null: the database is somebody else's
     * @param jdbcUrl where the database is
     */
    Cast(Plan plan, Path folder, @Nullable MariaDb ours, String jdbcUrl, Ports ports) {
        this.plan = plan;
        this.folder = folder;
        this.jdbcUrl = jdbcUrl;
        if (ours != null) {
            add(Role.DATABASE, "database", starts -> ours.process());
        }
        for (Carrier carrier : Carrier.values()) {
            carrierPorts.put(carrier, ports.next());
            add(Role.CARRIER, "carrier " + carrier.provider(), starts -> carrier(carrier, starts));
        }
        for (int node = 1; node <= plan.options().nodes(); node++) {
            int port = ports.next();
            add(Role.NODE, "node " + node, starts -> node(port));
        }
        this.enqueuer = add(Role.ENQUEUER, "enqueuer", starts -> enqueuerProcess());
    }

    /** In the order in which they are to be started. */
    List<Victim> all() {
        return List.copyOf(victims);
    }

    List<Victim> of(Role role) {
        return victims.stream().filter(victim -> victim.role() == role).toList();
    }

    Victim enqueuer() {
        return enqueuer;
    }

    /** How many messages the store has confirmed to the enqueuer. */
    Path bookmark() {
        return folder.resolve("enqueued");
    }

    /** How many of these it did not know later on. */
    Path forgotten() {
        return folder.resolve("forgotten");
    }

    Path ledger(Carrier carrier) {
        return folder.resolve(carrier.provider() + ".ledger");
    }

    private Victim add(Role role, String name, IntFunction<ProcessBuilder> program) {
        var victim = new Victim(role, name, folder.resolve(name.replace(' ', '-') + ".log"), program);
        victims.add(victim);
        return victim;
    }

    /** Another seed at each start: a fault that hits a message must not hit it again each time. */
    private ProcessBuilder carrier(Carrier carrier, int starts) {
        return java(
                CarrierProgram.class,
                "carrier=" + carrier,
                "port=" + carrierPorts.get(carrier),
                "seed=" + (plan.options().seed() * 31 + starts),
                "faults=" + plan.options().faults(),
                "ledger=" + ledger(carrier));
    }

    private ProcessBuilder node(int port) {
        var arguments = new ArrayList<String>();
        carrierPorts.forEach((carrier, its) -> arguments.add(carrier.provider() + "=" + its));
        arguments.add("port=" + port);
        arguments.add("jdbc-url=" + jdbcUrl);
        return java(NodeProgram.class, arguments.toArray(new String[0]));
    }

    private ProcessBuilder enqueuerProcess() {
        Campaign campaign = plan.campaign();
        return java(
                EnqueuerProgram.class,
                "jdbc-url=" + jdbcUrl,
                "run=" + campaign.run(),
                "messages=" + campaign.messages(),
                "validity-seconds=" + campaign.validity().toSeconds(),
                "per-second=" + plan.perSecond(),
                "bookmark=" + bookmark(),
                "forgotten=" + forgotten());
    }

    private static ProcessBuilder java(Class<?> program, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                // They live for seconds: the optimising compiler would take more than it gives.
                "-XX:TieredStopAtLevel=1",
                "-Dsun.net.httpserver.maxReqTime=20",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
