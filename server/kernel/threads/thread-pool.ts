import { Worker } from "node:worker_threads";
import type { FromThread, ToThread } from "./answer-requests.ts";

/** Why a thread gave no answer. `failed` carries what the thread threw as its message. */
export class ThreadError extends Error {
  override readonly name = "ThreadError";
  readonly reason: "overrun" | "busy" | "failed" | "closed";

  constructor(reason: "overrun" | "busy" | "failed" | "closed", message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Threads for work that may take long or forever; the main thread only waits. */
export type ThreadPool<Request, Answer> = {
  /**
   * Has a thread answer `request`. After `deadline` milliseconds of work (waiting for a free thread not counted)
   * the thread is killed. Rejects with a ThreadError.
   */
  run(request: Request, deadline: number): Promise<Answer>;
  /** Kills all threads; what waits is rejected. */
  close(): Promise<void>;
};

export type ThreadPoolOptions = {
  /** The module that the thread runs; it calls `answerRequests`. */
  entry: URL;
  /** Threads at most; each is started when there is work for it. */
  size: number;
  /** Requests that may wait for a thread before further ones are refused as `busy`. */
  waiting: number;
  /** Milliseconds after which an unused thread is ended and its memory given back. */
  idle: number;
  /** Megabytes of heap of one thread; one that needs more is killed. */
  heap: number;
};

type Task<Request, Answer> = {
  request: Request;
  deadline: number;
  resolve: (answer: Answer) => void;
  reject: (error: ThreadError) => void;
};

type Thread<Request, Answer> = {
  worker: Worker;
  ready: boolean;
  task: Task<Request, Answer> | null;
  timer: NodeJS.Timeout | null;
};

const startDeadline = 30_000;

/** A pool of threads that all run one module. No thread is started before the first request. */
export function createThreadPool<Request, Answer>(options: ThreadPoolOptions): ThreadPool<Request, Answer> {
  const threads = new Set<Thread<Request, Answer>>();
  const queue: Task<Request, Answer>[] = [];
  let closed = false;

  function start(): void {
    const worker = new Worker(options.entry, { resourceLimits: { maxOldGenerationSizeMb: options.heap } });
    const thread: Thread<Request, Answer> = { worker, ready: false, task: null, timer: null };
    threads.add(thread);
    arm(thread, startDeadline, () =>
      end(thread, new ThreadError("failed", "The thread did not start in time.")),
    );
    worker.on("message", (message: FromThread<Answer>) => receive(thread, message));
    worker.on("error", (error) => end(thread, new ThreadError("failed", String(error))));
    worker.on("exit", (code) =>
      end(thread, new ThreadError("failed", `The thread ended with code ${code}.`)),
    );
  }

  function arm(thread: Thread<Request, Answer>, after: number, act: () => void): void {
    if (thread.timer) clearTimeout(thread.timer);
    thread.timer = setTimeout(act, after);
  }

  /** Takes the thread out of the pool for good. A thread that dies while starting fails one waiting request. */
  function end(thread: Thread<Request, Answer>, error: ThreadError): void {
    if (!threads.delete(thread)) return;
    if (thread.timer) clearTimeout(thread.timer);
    const task = thread.task ?? (thread.ready ? null : queue.shift());
    task?.reject(error);
    void thread.worker.terminate();
    if (!closed) dispatch();
  }

  function receive(thread: Thread<Request, Answer>, message: FromThread<Answer>): void {
    if (!threads.has(thread)) return;
    const task = thread.task;
    thread.task = null;
    thread.ready = true;
    if (task && "answer" in message) task.resolve(message.answer);
    else if (task && "failure" in message) task.reject(new ThreadError("failed", message.failure));
    dispatch();
    if (thread.task) return;
    thread.worker.unref();
    arm(thread, options.idle, () => end(thread, new ThreadError("closed", "The thread was idle.")));
    thread.timer?.unref();
  }

  function dispatch(): void {
    for (const thread of threads) {
      if (!thread.ready || thread.task) continue;
      const task = queue.shift();
      if (!task) return;
      thread.task = task;
      thread.worker.ref();
      arm(thread, task.deadline, () => {
        end(thread, new ThreadError("overrun", `No answer within ${task.deadline} ms.`));
      });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.worker.postMessage({ request: task.request } satisfies ToThread<Request>);
    }
    const starting = [...threads].filter((thread) => !thread.ready).length;
    if (queue.length > starting && threads.size < options.size) start();
  }

  return {
    run(request, deadline) {
      if (closed) return Promise.reject(new ThreadError("closed", "The threads are closed."));
      if (queue.length >= options.waiting) {
        return Promise.reject(new ThreadError("busy", `${queue.length} requests wait already.`));
      }
      return new Promise<Answer>((resolve, reject) => {
        queue.push({ request, deadline, resolve, reject });
        dispatch();
      });
    },
    async close() {
      closed = true;
      const error = new ThreadError("closed", "The threads are closed.");
      for (const task of queue.splice(0)) task.reject(error);
      const workers = [...threads].map((thread) => thread.worker);
      for (const thread of threads) end(thread, error);
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
