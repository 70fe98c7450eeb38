import { Toast } from "@base-ui/react/toast";
import { CircleAlert, X } from "lucide-react";
import { useEffect } from "react";
import { takeToasts, type ToastOptions } from "./toast.ts";
import { buttonClass } from "./button.tsx";

const manager = Toast.createToastManager<{ undo: ToastOptions["undo"] }>();

function show({ title, description, tone, undo }: ToastOptions): void {
  const id = manager.add({
    title,
    ...(description === undefined ? {} : { description }),
    type: tone ?? "plain",
    priority: tone === "danger" ? "high" : "low",
    timeout: undo || tone === "danger" ? 10_000 : 5000,
    data: { undo },
    ...(undo
      ? {
          actionProps: {
            children: "Undo",
            onClick: () => {
              manager.close(id);
              void undo();
            },
          },
        }
      : {}),
  });
}

/** The stack of toasts at the lower edge. F6 reaches it. */
export default function ToastViewport() {
  useEffect(() => takeToasts(show), []);
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-3 bottom-3 z-60 flex flex-col items-end gap-2 sm:left-auto sm:w-96">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Toasts() {
  const { toasts } = Toast.useToastManager<{ undo: ToastOptions["undo"] }>();
  return toasts.map((one) => (
    <Toast.Root
      key={one.id}
      toast={one}
      swipeDirection={["right", "down"]}
      className="popup w-full data-limited:opacity-0"
    >
      <Toast.Content className="flex items-start gap-2.5 px-3 py-2.5">
        {one.type === "danger" && <CircleAlert aria-hidden="true" className="mt-0.5 text-closed" />}
        <div className="min-w-0 grow">
          <Toast.Title className="text-base leading-6 font-medium" />
          <Toast.Description className="text-sm text-ink-2" />
        </div>
        {one.data?.undo && <Toast.Action className={buttonClass({ size: "sm" }, "-my-0.5")} />}
        <Toast.Close
          aria-label="Close"
          className="-my-0.5 -mr-1 grid size-6 place-items-center rounded text-ink-3 hover:bg-hover hover:text-ink"
        >
          <X aria-hidden="true" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
