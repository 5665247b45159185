// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import io.governance.discovery.Instance;
import io.governance.discovery.registration.InstanceRegistry;
import io.governance.discovery.registration.OwnInstance;
import io.governance.discovery.registration.ServiceDefinition;
import io.governance.discovery.registration.InstanceRegistry.Standing;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * etcd as a place to register: a key under a lease. Each time it is asked, it keeps the
 * lease alive and looks at the key; what is lost is put again. etcd knows no word for an
 * instance that is out of service: its key goes. Before it goes, its value says that this
 * is meant, so that callers do not take it for a loss.
 */
public final class EtcdRegistry implements InstanceRegistry {

	private static final Log logger = LogFactory.getLog(EtcdRegistry.class);

	private static final long NONE = 0;

	private final EtcdConnection etcd;

	private final Duration ttl;

	private long lease = NONE;

	/** Of the key, as this process wrote it. */
	private long revision;

	private @Nullable Instance registered;

	/**
	 * Creates the registry; nothing is asked yet.
	 * @param etcd the connection
	 * @param ttl how long an instance counts as alive after a heartbeat; whole seconds
	 */
	public EtcdRegistry(EtcdConnection etcd, Duration ttl) {
		this.etcd = etcd;
		this.ttl = ttl;
	}

	@Override
	public String name() {
		return "etcd";
	}

	@Override
	public String address() {
		return this.etcd.settings().toString();
	}

	@Override
	public String remedy() {
		return "Start etcd at " + address() + ", or correct governance.discovery.etcd.endpoints, .user, .password and "
				+ ".ssl-bundle (expected: an etcd that lets this process write below " + this.etcd.settings().prefix()
				+ ").";
	}

	@Override
	public Duration longestAnswer() {
		return this.etcd.settings().timeout();
	}

	@Override
	public Standing confirm(ServiceDefinition wanted, @Nullable String outOfService) {
		if (outOfService != null) {
			remove();
			return Standing.removed();
		}
		Instance instance = instance(wanted);
		if (instance.equals(this.registered)) {
			if (heartbeat(instance)) {
				return Standing.registered(false);
			}
			logger.info("registration=lost registry=etcd instance=" + instance.id());
			this.registered = null;
		}
		else if (this.registered != null && !this.registered.id().equals(instance.id())) {
			remove();
		}
		boolean anew = this.registered == null;
		register(instance);
		this.registered = instance;
		return Standing.registered(anew);
	}

	@Override
	public void remove() {
		if (this.lease == NONE) {
			return;
		}
		try {
			sayGoodbye();
			await("revoke", this.etcd.client().getLeaseClient().revoke(this.lease));
		}
		catch (EtcdFailure ex) {
			if (!isUnknownLease(ex)) {
				throw ex;
			}
		}
		this.lease = NONE;
		this.registered = null;
	}

	/** Not where somebody else has written the key since. */
	private void sayGoodbye() {
		Instance instance = this.registered;
		if (instance == null) {
			return;
		}
		// should it stay after all, it is put again
		this.registered = null;
		ByteSequence key = key(instance);
		try {
			await("last put",
					this.etcd.client()
						.getKVClient()
						.txn()
						.If(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(this.revision)))
						.Then(Op.put(key, this.etcd.keys().lastValue(instance),
								PutOption.builder().withLeaseId(this.lease).build()))
						.commit());
		}
		catch (EtcdFailure ex) {
			if (ex.noAnswer()) {
				throw ex;
			}
			logger.debug("registration=leaving registry=etcd error=\"" + ex.getMessage() + "\"");
		}
	}

	private static Instance instance(ServiceDefinition wanted) {
		return new Instance(wanted.id(), wanted.service(), wanted.address(), wanted.port(),
				Boolean.parseBoolean(wanted.metadata().get(OwnInstance.SECURE)), wanted.metadata());
	}

	private void register(Instance instance) {
		long granted = await("lease grant", this.etcd.client().getLeaseClient().grant(this.ttl.toSeconds())).getID();
		this.lease = granted;
		this.revision = await("put", this.etcd.client()
			.getKVClient()
			.put(key(instance), this.etcd.keys().value(instance), PutOption.builder().withLeaseId(granted).build()))
			.getHeader()
			.getRevision();
	}

	/** Whether it is registered by this process; no means that it must be put again. */
	private boolean heartbeat(Instance instance) {
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
