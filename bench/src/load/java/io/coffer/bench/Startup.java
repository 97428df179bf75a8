package io.coffer.bench;

/**
 * What the application cost until it was ready.
 *
 * @param cpuSeconds seconds of CPU
 * @param residentMegabytes memory
 */
record Startup(double cpuSeconds, double residentMegabytes) {

  static Startup of(Application application) {
    ProcessCost cost = application.cost();
    return new Startup(cost.cpuSeconds(), cost.residentMegabytes());
  }
}
