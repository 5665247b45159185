// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.util.concurrent.ScheduledExecutorService;

import io.governance.discovery.InstanceSource;

/**
 * Follows services in etcd: a list, and a watch from its revision on.
 */
public final class EtcdInstanceSource implements InstanceSource {

	private final EtcdConnection etcd;

	private final ScheduledExecutorService scheduler;

	/**
	 * Creates the source.
	 * @param etcd the connection
	 * @param scheduler the thread that takes in what etcd says
	 */
	public EtcdInstanceSource(EtcdConnection etcd, ScheduledExecutorService scheduler) {
		this.etcd = etcd;
		this.scheduler = scheduler;
	}

	@Override
	public Following follow(String service, Listener listener) {
		EtcdWatch watch = new EtcdWatch(service, this.etcd, listener, this.scheduler);
		watch.start();
		return watch;
	}

	@Override
	public String description() {
		return "etcd " + this.etcd.settings();
	}

}
