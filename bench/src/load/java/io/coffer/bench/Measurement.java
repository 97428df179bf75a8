package io.coffer.bench;

/**
 * What one scenario cost at one number of connections.
 *
 * @param scenario its name
 * @param connections how many
 * @param loop {@code closed} or {@code open}
 * @param perSecond requests answered a second
 * @param failures answered otherwise than 2xx
 * @param p50 milliseconds
 * @param p99 milliseconds
 * @param applicationCpu milliseconds of CPU a request
 * @param databaseCpu milliseconds of CPU a request
 * @param eventsPerCommit how many events of the record a commit of it made durable; 0: none
 * @param allocated bytes a request
 * @param residentMegabytes of the application afterwards
 */
record Measurement(
    String scenario,
    int connections,
    String loop,
    double perSecond,
    long failures,
    double p50,
    double p99,
    double applicationCpu,
    double databaseCpu,
    double eventsPerCommit,
    double allocated,
    double residentMegabytes) {}
