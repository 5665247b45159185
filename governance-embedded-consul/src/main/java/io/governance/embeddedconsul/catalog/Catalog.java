// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.catalog;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import io.governance.embeddedconsul.store.Change;
import io.governance.embeddedconsul.store.RefusedException;
import io.governance.embeddedconsul.store.Store;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registered instances and their checks. Thread-safe. Time moves on only when
 * {@link #tick()} is called.
 */
public final class Catalog {

	/** The id and name of the registry's own entry, which every Consul server has. */
	public static final String SELF = "consul";

	/** The id of the node's own check. */
	public static final String NODE_CHECK = "serfHealth";

	private static final String NODE_MAINTENANCE = "_node_maintenance";

	private static final String SERVICE_MAINTENANCE = "_service_maintenance:";

	private static final Logger logger = LoggerFactory.getLogger(Catalog.class);

	private final Node node;

	private final TimeSource time;

	private final LongSupplier indexes;

	private final Store<CatalogState> store;

	/**
	 * An empty catalog: only the registry itself is in it.
	 * @param node the node
	 * @param time the clock
	 * @param indexes gives a larger number each time
	 */
	public Catalog(Node node, TimeSource time, LongSupplier indexes) {
		this.node = node;
		this.time = time;
		this.indexes = indexes;
		CatalogState empty = new CatalogState(new TreeMap<>(), new TreeMap<>(), Map.of(), 0, 0, 0);
		this.store = new Store<>(empty, time);
		ServiceDefinition self = new ServiceDefinition(SELF, SELF, List.of(), Map.of("version", Node.VERSION), "",
				node.serverPort(), Map.of(), ServiceDefinition.Weights.DEFAULT, false);
		CheckDefinition alive = new CheckDefinition(NODE_CHECK, "Serf Health Status", "", "", "", null, null,
				CheckStatus.CRITICAL, null);
		edit((edit) -> edit.register(self)
			.check(alive)
			.report(NODE_CHECK, CheckStatus.PASSING, "Agent alive and reachable"));
	}

	/**
	 * The node everything is registered on.
	 * @return the one node
	 */
	public Node node() {
		return this.node;
	}

	/**
	 * The state and the queries that wait for it.
	 * @return the store, for reading
	 */
	public Store<CatalogState> store() {
		return this.store;
	}

	/**
	 * Registers an instance, or replaces what was registered under its id. A check that
	 * is known keeps its status.
	 * @param service the instance
	 * @param checks its checks
	 * @param replaceChecks whether its other checks go
	 */
	public void register(ServiceDefinition service, List<CheckDefinition> checks, boolean replaceChecks) {
		boolean known = this.store.state().services().containsKey(service.id());
		edit((edit) -> {
			edit.register(service);
			checks.forEach(edit::check);
			return replaceChecks ? edit.keepOnly(service.id(), checks.stream().map(CheckDefinition::id).toList())
					: edit;
		});
		if (!known) {
			logger.info("service registered id={} name={} address={} port={}", service.id(), service.name(),
					service.address(), service.port());
		}
	}

	/**
	 * Removes an instance and its checks; an unknown id is no error.
	 * @param serviceId the instance's id
	 */
	public void deregister(String serviceId) {
		if (SELF.equals(serviceId)) {
			return;
		}
		boolean known = this.store.state().services().containsKey(serviceId);
		edit((edit) -> edit.deregister(serviceId));
		if (known) {
			logger.info("service deregistered id={}", serviceId);
		}
	}

	/**
	 * Registers a check.
	 * @param check the check
	 * @throws RefusedException when it names an instance that is not registered
	 */
	public void register(CheckDefinition check) {
		String serviceId = check.serviceId();
		edit((edit) -> {
			if (!serviceId.isEmpty() && !edit.has(serviceId)) {
				throw new RefusedException(500, "ServiceID \"" + serviceId + "\" does not exist");
			}
			return edit.check(check);
		});
	}

	/**
	 * Removes a check; an unknown id is no error.
	 * @param checkId the check's id
	 */
	public void deregisterCheck(String checkId) {
		if (!NODE_CHECK.equals(checkId)) {
			edit((edit) -> edit.removeCheck(checkId));
		}
	}

	/**
	 * Takes an instance's report about itself and starts its time again.
	 * @param checkId a TTL check's id
	 * @param status the status reported
	 * @param output a text for people
	 * @throws RefusedException when there is no such TTL check
	 */
	public void heartbeat(String checkId, CheckStatus status, String output) {
		RegisteredCheck known = this.store.state().checks().get(checkId);
		if (known == null || !known.definition().isTtl()) {
			throw new RefusedException(500, "CheckID \"" + checkId + "\" does not have associated TTL");
		}
		report(checkId, status, output);
	}

	/**
	 * Records the result of a check.
	 * @param checkId the check's id; an unknown one is ignored
	 * @param status its status
	 * @param output a text for people
	 */
	public void report(String checkId, CheckStatus status, String output) {
		RegisteredCheck before = this.store.state().checks().get(checkId);
		edit((edit) -> edit.report(checkId, status, output));
		if (before != null && before.status() != status) {
			logger.info("check status changed id={} status={}", checkId, status.text());
		}
	}

	/**
	 * Takes an instance out of service, or the whole node, or back in.
	 * @param serviceId the instance's id, or {@code null} for the node
	 * @param enable whether to take it out
	 * @param reason a text for people, may be empty
	 * @throws RefusedException when the instance is not registered
	 */
	public void maintenance(@Nullable String serviceId, boolean enable, String reason) {
		CheckDefinition check = maintenanceCheck(serviceId, reason);
		edit((edit) -> {
			if (serviceId != null && !edit.has(serviceId)) {
				throw new RefusedException(404, "No service registered with ID \"" + serviceId + "\"");
			}
			return enable ? edit.check(check) : edit.removeCheck(check.id());
		});
	}

	/**
	 * Expires what is due: TTL checks without a report, instances that were critical for
	 * too long, blocking queries whose time is up.
	 */
	public void tick() {
		CatalogState before = this.store.state();
		if (before.anyDue(this.time.nanoTime())) {
			edit(CatalogEdit::expire);
			logExpiries(before, this.store.state());
		}
		this.store.expire();
	}

	/**
	 * What an instance is for those who may call it.
	 * @param checks the checks that decide over it
	 * @return {@code maintenance}, or the worst status
	 */
	public static String aggregate(List<RegisteredCheck> checks) {
		CheckStatus worst = CheckStatus.PASSING;
		for (RegisteredCheck check : checks) {
			String id = check.definition().id();
			if (id.equals(NODE_MAINTENANCE) || id.startsWith(SERVICE_MAINTENANCE)) {
				return "maintenance";
			}
			worst = (check.status().compareTo(worst) > 0) ? check.status() : worst;
		}
		return worst.text();
	}

	private void edit(UnaryOperator<CatalogEdit> change) {
		this.store.update((state) -> Change
			.to(change.apply(new CatalogEdit(state, this.indexes, this.time.nanoTime())).result()));
	}

	private static CheckDefinition maintenanceCheck(@Nullable String serviceId, String reason) {
		String what = (serviceId != null) ? "service" : "node";
		String notes = reason.isEmpty() ? "Maintenance mode is enabled for this " + what
				+ ", but no reason was provided. This is a default message." : reason;
		String name = (serviceId != null) ? "Service Maintenance Mode" : "Node Maintenance Mode";
		String checkId = (serviceId != null) ? SERVICE_MAINTENANCE + serviceId : NODE_MAINTENANCE;
		return new CheckDefinition(checkId, name, notes, "maintenance", (serviceId != null) ? serviceId : "", null,
				null, CheckStatus.CRITICAL, null);
	}

	private static void logExpiries(CatalogState before, CatalogState after) {
		before.checks().forEach((id, check) -> {
			RegisteredCheck now = after.checks().get(id);
			if (now == null) {
				logger.warn("service removed after being critical for too long id={}", check.definition().serviceId());
			}
			else if (now.status() != check.status()) {
				logger.warn("check expired id={} service={}", id, check.definition().serviceId());
			}
		});
	}

}
