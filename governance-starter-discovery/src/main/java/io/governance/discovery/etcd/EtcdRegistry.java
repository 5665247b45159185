// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.governance.discovery.Instance;
import io.etcd.jetcd.common.exception.ErrorCode;

/**
 * Puts an instance into etcd under a lease and takes it out. Waits for each answer. For
 * one thread.
 */
final class EtcdRegistry {

	private static final long NONE = 0;

	private final EtcdConnection etcd;

	private final Duration ttl;

	private long lease = NONE;

	EtcdRegistry(EtcdConnection etcd, Duration ttl) {
		this.etcd = etcd;
		this.ttl = ttl;
	}

	/**
	 * Registers an instance, or replaces what is registered under its id.
	 * @throws EtcdFailure when it is not registered
	 */
	void register(Instance instance) {
		long granted = await("lease grant", this.etcd.client().getLeaseClient().grant(this.ttl.toSeconds())).getID();
		this.lease = granted;
		await("put", this.etcd.client()
			.getKVClient()
			.put(key(instance), this.etcd.keys().value(instance), PutOption.builder().withLeaseId(granted).build()));
	}

	/**
	 * Says that the instance is alive.
	 * @return whether it is registered by this process; no means that it must be
	 * registered again
	 * @throws EtcdFailure when there was no answer, or a refusal
	 */
	boolean heartbeat(Instance instance) {
		if (this.lease == NONE) {
			return false;
		}
		try {
			await("keep-alive", this.etcd.client().getLeaseClient().keepAliveOnce(this.lease));
		}
		catch (EtcdFailure ex) {
			if (isUnknownLease(ex)) {
				this.lease = NONE;
				return false;
			}
			throw ex;
		}
		GetResponse found = await("get",
				this.etcd.client().getKVClient().get(key(instance), GetOption.builder().withKeysOnly(true).build()));
		return found.getKvs().stream().mapToLong(KeyValue::getLease).anyMatch((owner) -> owner == this.lease);
	}

	/**
	 * Takes the instance out: its key goes with the lease.
	 * @throws EtcdFailure when it is still registered
	 */
	void deregister() {
		if (this.lease == NONE) {
			return;
		}
		try {
			await("revoke", this.etcd.client().getLeaseClient().revoke(this.lease));
		}
		catch (EtcdFailure ex) {
			if (!isUnknownLease(ex)) {
				throw ex;
			}
		}
		this.lease = NONE;
	}

	private ByteSequence key(Instance instance) {
		return this.etcd.keys().instance(instance.service(), instance.id());
	}

	private <T> T await(String request, CompletableFuture<T> answer) {
		try {
			return this.etcd.answer(request, answer).join();
		}
		catch (CompletionException ex) {
			throw EtcdFailure.of(request, ex);
		}
	}

	private static boolean isUnknownLease(EtcdFailure failure) {
		return failure.getCause() instanceof io.etcd.jetcd.common.exception.EtcdException known
				&& known.getErrorCode() == ErrorCode.NOT_FOUND;
	}

}
