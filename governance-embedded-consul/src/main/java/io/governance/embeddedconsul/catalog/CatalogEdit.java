// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * One transition of the catalog: copies the state, changes the copy, and raises exactly
 * the indexes of what changed. An edit that changes nothing gives the old state back and
 * uses no index. Not thread-safe; lives within one transition.
 */
final class CatalogEdit {

	private final CatalogState from;

	private final LongSupplier indexes;

	private final long now;

	private final SortedMap<String, RegisteredService> services;

	private final SortedMap<String, RegisteredCheck> checks;

	private final Map<String, Long> serviceIndexes;

	private long servicesIndex;

	private long checksIndex;

	private long extinctionIndex;

	private long index;

	private boolean changed;

	CatalogEdit(CatalogState from, LongSupplier indexes, long now) {
		this.from = from;
		this.indexes = indexes;
		this.now = now;
		this.services = new TreeMap<>(from.services());
		this.checks = new TreeMap<>(from.checks());
		this.serviceIndexes = new HashMap<>(from.serviceIndexes());
		this.servicesIndex = from.servicesIndex();
		this.checksIndex = from.checksIndex();
		this.extinctionIndex = from.extinctionIndex();
	}

	CatalogState result() {
		if (!this.changed) {
			return this.from;
		}
		return new CatalogState(this.services, this.checks, this.serviceIndexes, this.servicesIndex, this.checksIndex,
				this.extinctionIndex);
	}

	boolean has(String serviceId) {
		return this.services.containsKey(serviceId);
	}

	CatalogEdit register(ServiceDefinition definition) {
		RegisteredService known = this.services.get(definition.id());
		if (known == null) {
			this.services.put(definition.id(), new RegisteredService(definition, index(), index()));
			touch(definition.name());
		}
		else if (!known.definition().equals(definition)) {
			this.services.put(definition.id(), new RegisteredService(definition, known.createIndex(), index()));
			touch(definition.name());
			forgetOrTouch(known.definition().name());
		}
		return this;
	}

	CatalogEdit deregister(String serviceId) {
		RegisteredService known = this.services.get(serviceId);
		if (known != null) {
			this.from.checksOf(serviceId).forEach((check) -> removeCheck(check.definition().id()));
			this.services.remove(serviceId);
			this.servicesIndex = index();
			forgetOrTouch(known.definition().name());
		}
		return this;
	}

	CatalogEdit check(CheckDefinition definition) {
		RegisteredCheck known = this.checks.get(definition.id());
		if (known != null && !known.definition().serviceId().equals(definition.serviceId())) {
			// The check moves: the instance it leaves has changed as well.
			removeCheck(definition.id());
			known = null;
		}
		if (known == null) {
			put(RegisteredCheck.first(definition, index(), this.now));
		}
		else if (sameToClients(known.definition(), definition)) {
			// Its time starts again, as after a report; nobody who watches sees a change.
			this.checks.put(definition.id(), known.redefined(definition, known.modifyIndex(), this.now));
			this.changed = true;
		}
		else {
			put(known.redefined(definition, index(), this.now));
		}
		return this;
	}

	CatalogEdit removeCheck(String checkId) {
		RegisteredCheck known = this.checks.remove(checkId);
		if (known != null) {
			touchOwner(known);
		}
		return this;
	}

	CatalogEdit keepOnly(String serviceId, Collection<String> checkIds) {
		Set<String> surplus = this.from.checksOf(serviceId)
			.stream()
			.map((check) -> check.definition().id())
			.filter((id) -> !checkIds.contains(id))
			.collect(Collectors.toSet());
		surplus.forEach(this::removeCheck);
		return this;
	}

	CatalogEdit report(String checkId, CheckStatus status, String output) {
		RegisteredCheck known = this.checks.get(checkId);
		if (known == null) {
			return this;
		}
		if (known.status() == status) {
			this.checks.put(checkId, known.refreshed(output, this.now));
			this.changed = true;
		}
		else {
			put(known.reported(status, output, index(), this.now));
		}
		return this;
	}

	CatalogEdit expire() {
		for (RegisteredCheck check : List.copyOf(this.checks.values())) {
			if (check.reapable(this.now) && !check.definition().serviceId().isEmpty()) {
				deregister(check.definition().serviceId());
			}
			else if (check.expired(this.now)) {
				report(check.definition().id(), CheckStatus.CRITICAL, check.expiredOutput());
			}
		}
		return this;
	}

	private void put(RegisteredCheck check) {
		this.checks.put(check.definition().id(), check);
		touchOwner(check);
	}

	private void touchOwner(RegisteredCheck check) {
		this.checksIndex = index();
		RegisteredService owner = this.services.get(check.definition().serviceId());
		if (owner != null) {
			this.serviceIndexes.put(owner.definition().name(), index());
		}
		else {
			// A check of the node decides over every instance on it.
			this.serviceIndexes.replaceAll((name, old) -> index());
		}
	}

	private void touch(String serviceName) {
		this.servicesIndex = index();
		this.serviceIndexes.put(serviceName, index());
	}

	private void forgetOrTouch(String serviceName) {
		boolean alive = this.services.values()
			.stream()
			.anyMatch((service) -> service.definition().name().equals(serviceName));
		if (alive) {
			this.serviceIndexes.put(serviceName, index());
		}
		else {
			this.serviceIndexes.remove(serviceName);
			this.extinctionIndex = index();
		}
	}

	private long index() {
		if (this.index == 0) {
			this.index = this.indexes.getAsLong();
			this.changed = true;
		}
		return this.index;
	}

	private static boolean sameToClients(CheckDefinition a, CheckDefinition b) {
		return a.name().equals(b.name()) && a.notes().equals(b.notes()) && a.type().equals(b.type());
	}

}
