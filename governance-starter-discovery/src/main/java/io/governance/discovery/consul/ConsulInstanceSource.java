// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import io.governance.discovery.InstanceSource;
import io.governance.discovery.Listing;
import io.governance.time.TimeSource;
import tools.jackson.databind.JsonNode;

/**
 * Follows services in Consul by health watches. At most 32 queries wait at the agent at
 * once; services beyond that are asked every second, and take turns in waiting.
 */
public final class ConsulInstanceSource implements InstanceSource {

	private final BlockingQueries queries;

	/**
	 * Creates the source.
	 * @param client connections that heartbeats do not use
	 * @param scheduler runs the next query
	 * @param settings what is followed, and how
	 * @param time the clock
	 */
	public ConsulInstanceSource(ConsulClient client, ScheduledExecutorService scheduler, WatchSettings settings,
			TimeSource time) {
		this.queries = new BlockingQueries(client, scheduler, settings, time);
	}

	@Override
	public Following follow(String service, Listener listener) {
		// not "?passing": whether all are unhealthy or none is there makes a difference
		ConsulWatch watch = new ConsulWatch(this.queries.settings().health(service), this.queries,
				new ServiceObserver(service, listener, new WatchRefusals("service=" + service)));
		watch.start();
		return watch::close;
	}

	@Override
	public String description() {
		return "consul " + this.queries.client().address();
	}

	/**
	 * Follows the names of all services.
	 * @param recoveryTime how long names are kept that are absent after the agent came
	 * back
	 * @return the catalog; not started yet
	 */
	public ConsulCatalog catalog(Duration recoveryTime) {
		return new ConsulCatalog(this.queries, recoveryTime);
	}

	/**
	 * Asks for all that is registered, healthy or not.
	 * @return asks the agent at each call, on the connections of this source
	 */
	public ConsulInventory inventory() {
		return new ConsulInventory(this.queries);
	}

	private record ServiceObserver(String service, Listener listener,
			WatchRefusals refusals) implements ConsulWatch.Observer {

		@Override
		public void answered(JsonNode value, boolean reset) {
			HealthEntries entries = HealthEntries.of(this.service, value);
			this.refusals.answered();
			this.listener.listed(new Listing(entries.healthy(), entries.known(), reset, entries.withdrawn()));
		}

		@Override
		public void failed(ConsulException error) {
			this.refusals.failed(error);
			this.listener.failed(error);
		}

	}

}
